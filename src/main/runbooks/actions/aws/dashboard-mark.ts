/** Draws a vertical line into the charts of a dashboard of the account, or takes it away. */
import type { Clock } from '../../../../shared/clock';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { flagIn, namesIn } from '../../action-values';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { counted, failed, notFound, readsOf, refusedValue } from './common';
import { withMark } from './dashboard-body';
import type { Marked } from './dashboard-body';

type Action = ActionOf<'dashboard-mark'>;

const LIMIT_MS = 60_000;

export const dashboardMark: ChangeHandler<'dashboard-mark'> = {
  kind: 'dashboard-mark',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ dashboard }) => dashboard,
  async effect(action, context) {
    const { charts } = await markedBody(action, readsOf(context), context.clock, context.signal);
    return effectWords(action, charts.length);
  },
  async run(action, { reads, clock, signal, tell }, changes) {
    const { dashboard, label } = action;
    // Read right before it is put: what somebody saved since the plan stays.
    const { body, charts, at } = await markedBody(action, reads, clock, signal);
    if (charts.length > 0) {
      tell(effectWords(action, charts.length));
      const { accepted, messages } = await changes.putDashboard(dashboard, body, signal);
      if (!accepted) {
        const why = messages.map(({ Message = '' }) => Message).join(' ');
        throw failed(`CloudWatch refused the dashboard: ${why}`);
      }
    }
    return jsonOutput({ dashboard, label, at, charts });
  },
};

function effectWords({ remove }: Action, count: number): string {
  const taken = flagIn(remove, 'remove');
  if (count === 0) return taken ? 'no chart has such a mark' : 'every chart has this mark already';
  return `${taken ? 'takes the mark out of' : 'marks'} ${counted(count, 'chart')}`;
}

async function markedBody(
  action: Action,
  reads: RunbookReads,
  clock: Clock,
  signal: AbortSignal,
): Promise<Marked & { at: string }> {
  const { dashboard, label, charts } = action;
  const at = momentOf(action, clock);
  const { DashboardBody } = await reads.getDashboard(dashboard, signal);
  if (DashboardBody === undefined) throw notFound(`dashboard ${dashboard}`, reads);
  const titles = charts === undefined ? null : namesIn(charts, 'charts');
  const change = flagIn(action.remove, 'remove') ? { remove: label } : { add: { label, at } };
  return { ...withMark(DashboardBody, titles, change), at };
}

function momentOf({ at }: Action, clock: Clock): string {
  if (at === undefined) return new Date(clock.now()).toISOString();
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw refusedValue('at: a moment such as 2026-03-01T02:15:00Z is wanted.');
  return new Date(ms).toISOString();
}
