/** Severity and state by shape first, colour second. */
import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconBellOff,
  IconBriefcaseFilled,
  IconCircleCheck,
  IconCircleDashed,
  IconInfoCircleFilled,
  IconQuestionMark,
  IconShieldFilled,
} from '@tabler/icons-react';
import type { AlarmRow } from '../../shared/alarms/alarm';
import type { Severity } from '../../shared/severity/severity';
import { groupOf } from '../alarms/list-model';
import type { GroupId } from '../alarms/list-model';

type Drawn = typeof IconCircleCheck;

export const severityIcons: Record<Severity, Drawn> = {
  critical: IconAlertOctagonFilled,
  security: IconShieldFilled,
  warning: IconAlertTriangleFilled,
  business: IconBriefcaseFilled,
  info: IconInfoCircleFilled,
};

export const groupIcons: Record<GroupId, Drawn> = {
  ...severityIcons,
  unsure: IconQuestionMark,
  recovered: IconCircleCheck,
  'cannot-fire': IconBellOff,
  'no-data': IconCircleDashed,
  ok: IconCircleCheck,
  listed: IconCircleDashed,
};

/** The colour token of a group's icon and heading. */
export function groupColor(group: GroupId): string {
  switch (group) {
    case 'critical':
    case 'security':
    case 'warning':
    case 'business':
    case 'info':
      return `var(--nd-${group}-text)`;
    case 'recovered':
    case 'ok':
      return 'var(--nd-ok-text)';
    case 'unsure':
      return 'var(--nd-warning-text)';
    case 'cannot-fire':
    case 'no-data':
    case 'listed':
      return 'var(--nd-faint)';
  }
}

/** Decorative: the row says the same in words. */
export function SeverityIcon({ row, size }: { row: AlarmRow; size: number }) {
  const group = groupOf(row);
  const Icon = groupIcons[group];
  return <Icon size={size} color={groupColor(group)} aria-hidden />;
}
