/** Switches the actions of alarms on or off. */
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { flagIn, namesIn } from '../../action-values';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { everyAlarm } from './alarms';
import type { FoundAlarm } from './alarms';
import { counted, readsOf } from './common';

type Action = ActionOf<'alarm-actions'>;

const LIMIT_MS = 60_000;
/** Names that one call takes. */
const PAGE = 100;

export const alarmActions: ChangeHandler<'alarm-actions'> = {
  kind: 'alarm-actions',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ alarms }) => (typeof alarms === 'string' ? null : alarms.join(', ')),
  async effect(action, context) {
    const { enabled, found } = await lookAt(action, readsOf(context), context.signal);
    return effectWords(found, enabled);
  },
  async run(action, { reads, signal, tell }, changes) {
    const { enabled, found } = await lookAt(action, reads, signal);
    const changed = found.filter(({ actionsEnabled }) => actionsEnabled !== enabled);
    tell(effectWords(found, enabled));
    for (let from = 0; from < changed.length; from += PAGE) {
      const names = changed.slice(from, from + PAGE).map(({ name }) => name);
      await changes.setAlarmActions({ names, enabled }, signal);
    }
    return jsonOutput({
      enabled,
      alarms: found.map(({ name }) => name),
      /** What undoing has to switch back. */
      changed: changed.map(({ name }) => name),
    });
  },
};

async function lookAt(
  action: Action,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<{ enabled: boolean; found: FoundAlarm[] }> {
  const names = [...new Set(namesIn(action.alarms, 'alarms'))];
  const enabled = flagIn(action.enabled, 'enabled');
  return { enabled, found: await everyAlarm(reads, names, signal) };
}

function effectWords(found: readonly FoundAlarm[], enabled: boolean): string {
  const same = found.filter(({ actionsEnabled }) => actionsEnabled === enabled).length;
  const to = enabled ? 'on' : 'off';
  if (same === found.length) return `the actions are ${to} already`;
  const words = `actions ${enabled ? 'off → on' : 'on → off'} for ${counted(found.length - same, 'alarm')}`;
  return same === 0 ? words : `${words}; ${same} ${same === 1 ? 'is' : 'are'} ${to} already`;
}
