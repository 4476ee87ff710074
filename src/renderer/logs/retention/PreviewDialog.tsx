/** What setting groups right would do, group by group; confirmed, done, and how each turned out. */
import { Button, Checkbox, Modal, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AuditedGroup } from '../../../shared/logs/retention';
import { useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { countText } from '../insights/query-words';
import { changeKey } from './change-key';
import type { Aim, ChangePlan } from './changes';
import { isShorter, planChanges, waysBack } from './changes';
import { daysChoice, daysChoices } from './DaysSelect';
import { PlanList } from './PlanList';
import { confirmText, leftOutText, lossText, outcomeText } from './preview-words';
import classes from './retention.module.css';
import { useRetention } from './store';
import { useApply } from './use-apply';
import type { Applying } from './use-apply';

interface Props {
  groups: readonly AuditedGroup[];
  onClose(): void;
}

const BY_POLICY = 'policy';

const aimChoices = [
  { value: BY_POLICY, label: 'as the policy says' },
  ...daysChoices.map(({ value, label }) => ({ value, label })),
];

function usePlan(groups: readonly AuditedGroup[], aim: Aim): ChangePlan {
  const byId = useConnections((state) => state.byId);
  return useMemo(
    () => planChanges(groups, aim, (id) => byId.get(id)?.connection.readOnly ?? true),
    [groups, aim, byId],
  );
}

export function PreviewDialog({ groups: marked, onClose }: Props) {
  // What was marked when it was opened: groups that are told anew meanwhile move nothing under the hand.
  const [groups] = useState(marked);
  const [aim, setAim] = useState<Aim>('policy');
  const plan = usePlan(groups, aim);
  const { applying, start, stop } = useApply();
  const running = applying.phase === 'running';
  const begin = (): void => start(plan.planned.map(({ change }) => change));
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={applying.phase === 'idle' ? 'Set retention' : 'Setting retention'}
      closeOnClickOutside={!running}
      closeOnEscape={!running}
      withCloseButton={!running}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {applying.phase === 'idle' ? (
        <Preview plan={plan} aim={aim} onAim={setAim} onBegin={begin} onClose={onClose} />
      ) : (
        <Progress applying={applying} onBack={start} onStop={stop} onClose={onClose} />
      )}
    </Modal>
  );
}

interface PreviewProps {
  plan: ChangePlan;
  aim: Aim;
  onAim(aim: Aim): void;
  onBegin(): void;
  onClose(): void;
}

function Preview({ plan, aim, onAim, onBegin, onClose }: PreviewProps) {
  const [agreed, setAgreed] = useState(false);
  const byId = useConnections((state) => state.byId);
  const { planned } = plan;
  const loss = lossText(planned);
  const left = leftOutText(plan, (id) => byId.get(id)?.connection.label ?? id);
  return (
    <>
      <Select
        size="xs"
        w={260}
        label="Keep them"
        allowDeselect={false}
        data={aimChoices}
        value={aim === 'policy' ? BY_POLICY : daysChoice(aim)}
        onChange={(value) => {
          setAgreed(false);
          onAim(value === BY_POLICY ? 'policy' : fromChoice(value));
        }}
      />
      <div className={classes['leftOut']}>
        {left.map((sentence) => (
          <p key={sentence} className={classes['note']}>
            {safeText(sentence)}
          </p>
        ))}
      </div>
      {planned.length > 0 && (
        <PlanList changes={planned.map(({ change }) => change)} applying={null} />
      )}
      {loss !== null && (
        <div className={classes['warn']} role="note">
          <p>{loss}</p>
          <Checkbox
            size="xs"
            label="Delete what is older for good"
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />
        </div>
      )}
      <div className={classes['actions']}>
        <Button size="xs" variant="default" data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button
          size="xs"
          color={loss === null ? undefined : 'red'}
          disabled={planned.length === 0 || (loss !== null && !agreed)}
          onClick={onBegin}
        >
          {confirmText(planned.length)}
        </Button>
      </div>
    </>
  );
}

const fromChoice = (value: string | null): Aim =>
  daysChoices.find((one) => one.value === value)?.days ?? null;

interface ProgressProps {
  applying: Applying;
  onBack(changes: ReturnType<typeof waysBack>): void;
  onStop(): void;
  onClose(): void;
}

function Progress({ applying, onBack, onStop, onClose }: ProgressProps) {
  const { phase, changes, outcomes } = applying;
  const made = changes.filter((change) => outcomes.get(changeKey(change))?.failure === null);
  const lengthened = waysBack(made.filter(({ fromDays, toDays }) => !isShorter(fromDays, toDays)));
  const shortened = waysBack(made.filter(({ fromDays, toDays }) => isShorter(fromDays, toDays)));
  const done = (): void => {
    useRetention.getState().mark(made.map(changeKey), false);
    onClose();
  };
  return (
    <>
      <p className={classes['note']} role="status">
        {outcomeText(applying)}
      </p>
      <PlanList changes={changes} applying={applying} />
      {phase === 'ended' && shortened.length > 0 && (
        <p className={classes['note']}>
          Setting back what was shortened keeps what is still there; what CloudWatch has deleted by
          then is gone. It deletes within about 72 hours.
        </p>
      )}
      <div className={classes['actions']}>
        {phase === 'running' && (
          <Button size="xs" variant="default" disabled={applying.stopped} onClick={onStop}>
            Stop after those being set
          </Button>
        )}
        {phase === 'ended' && lengthened.length > 0 && (
          <Button size="xs" variant="default" onClick={() => onBack(lengthened)}>
            Undo {countText(lengthened.length)} lengthened
          </Button>
        )}
        {phase === 'ended' && shortened.length > 0 && (
          <Button size="xs" variant="default" onClick={() => onBack(shortened)}>
            Set back {countText(shortened.length)} shortened
          </Button>
        )}
        {phase === 'ended' && (
          <Button size="xs" data-autofocus onClick={done}>
            Done
          </Button>
        )}
      </div>
    </>
  );
}
