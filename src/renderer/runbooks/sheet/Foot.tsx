/** The end of the sheet: what stands in the way of approving, and the buttons. */
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { RunPlan } from '../../../shared/runbooks/plan';
import { useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { footWords } from '../plan-words';
import type { ApprovalStand } from '../plan-words';
import { useArmed } from '../use-armed';
import classes from './sheet.module.css';

interface FootProps {
  plan: RunPlan;
  stand: ApprovalStand;
  busy: boolean;
  onApprove(): void;
  onClose(): void;
}

function useReadOnlyWords(plan: RunPlan): string | null {
  const byId = useConnections((state) => state.byId);
  const labels = plan.steps.flatMap(({ place, class: of }) => {
    if (place === null || of === 'reads') return [];
    const connection = byId.get(place.connectionId)?.connection;
    return connection?.readOnly === true ? [connection.label] : [];
  });
  const [label] = labels;
  return label === undefined
    ? null
    : `${label} is read-only: nothing can be changed through it. Settings, Connections switches that.`;
}

export function Foot({ plan, stand, busy, onApprove, onClose }: FootProps) {
  const leave = useRef<HTMLButtonElement>(null);
  const readOnly = useReadOnlyWords(plan);
  const armed = useArmed();
  const { preview, problems, named, seconded } = stand;
  const ready = !preview && problems === 0 && named && seconded;
  // Never on the other one: an Enter out of habit approves nothing. One Tab away is deliberate.
  useEffect(() => leave.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes['foot']}>
      <span className={classes['footWords']} title={`SHA-256 ${plan.hash}`}>
        {readOnly === null ? footWords(stand) : safeText(readOnly)}
      </span>
      <Button ref={leave} variant="default" onClick={onClose}>
        {preview || problems > 0 ? 'Close' : 'Cancel'}
      </Button>
      {!preview && (
        <Button disabled={!ready || !armed} loading={busy} onClick={onApprove}>
          {plan.class === 'reads' ? 'Run' : 'Approve and run'}
        </Button>
      )}
    </div>
  );
}
