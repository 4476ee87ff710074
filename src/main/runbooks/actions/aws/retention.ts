/** Sets how long a log group keeps its events. What it was is in the output. */
import { retentionChoices, retentionDaysOf } from '../../../../shared/logs/retention';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { numberIn } from '../../action-values';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { notFound, readsOf, refusedValue } from './common';

type Action = ActionOf<'retention'>;

const LIMIT_MS = 60_000;
const MAX_PAGES = 20;

interface Wanted {
  /** Days; null keeps for ever. */
  before: number | null;
  days: number | null;
  storedBytes: number | null;
}

export const retention: ChangeHandler<'retention'> = {
  kind: 'retention',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ group }) => group,
  async effect(action, context) {
    return effectWords(await lookAt(action, readsOf(context), context.signal));
  },
  async run(action, { reads, signal, tell }, changes) {
    const wanted = await lookAt(action, reads, signal);
    const { before, days } = wanted;
    const changed = before !== days;
    tell(effectWords(wanted));
    if (changed && days === null) await changes.deleteRetention(action.group, signal);
    if (changed && days !== null) await changes.putRetention(action.group, days, signal);
    return jsonOutput({ group: action.group, before, days, changed });
  },
};

async function lookAt(action: Action, reads: RunbookReads, signal: AbortSignal): Promise<Wanted> {
  const days = action.days === null ? null : numberIn(action.days, 'days');
  if (retentionDaysOf(days) === undefined) {
    throw refusedValue(
      `days: CloudWatch keeps for one of ${retentionChoices.join(', ')} days, or for ever (null).`,
    );
  }
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reads.describeLogGroups(
      { logGroupNamePrefix: action.group, limit: 50, nextToken },
      signal,
    );
    const found = answer.logGroups?.find(({ logGroupName }) => logGroupName === action.group);
    if (found !== undefined) {
      const { retentionInDays = null, storedBytes = null } = found;
      return { before: retentionInDays, days, storedBytes };
    }
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  throw notFound(`log group ${action.group}`, reads);
}

const lengthWords = (days: number | null): string =>
  days === null ? 'for ever' : `${days} ${days === 1 ? 'day' : 'days'}`;

function effectWords({ before, days, storedBytes }: Wanted): string {
  if (before === days) return `events are kept ${lengthWords(days)}, as now`;
  const words = `events are kept ${lengthWords(before)} → ${lengthWords(days)}`;
  const shorter = days !== null && (before === null || days < before);
  if (!shorter) return words;
  const held = storedBytes === null ? '' : ` of ${(storedBytes / 1e9).toFixed(1)} GB`;
  return `${words}: what is older${held} is deleted for good`;
}
