/**
 * Pages by PagerDuty or Opsgenie. All runs about an alarm speak of one incident there: its name is the alarm's ARN, so
 * a second run or try pages nobody twice.
 */
import { FailureError } from '../../../../shared/failure';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import { invalid } from '../../action-values';
import type { LocalChangeHandler, StepContext } from '../../step-seams';
import { alarmArn } from './alarm-arn';
import type { Integrations } from './integrations/integrations';
import type { Page } from './integrations/requests';
import { jsonOutput } from './output';

const words = {
  trigger: 'Pages by',
  acknowledge: 'Acknowledges in',
  resolve: 'Resolves in',
} as const;

/** Output: `{ integration, action, dedupKey, answer }`. */
export function pageSomeone(integrations: Integrations): LocalChangeHandler<'page-someone'> {
  return {
    kind: 'page-someone',
    mode: 'local',
    timeoutMs: 60_000,
    resource: ({ integration }) => integration,
    effect: async ({ service, integration, action = 'trigger', summary }) => {
      const to = integrations.named(integration, [service]);
      integrations.ready(to);
      return `${words[action]} ${to.name}: ${summary}`;
    },
    run: async (action, context) => {
      const to = integrations.named(action.integration, [action.service]);
      const page = pageOf(action, context);
      context.tell(`Asking ${to.name}`);
      const answer = await integrations.page(to, page, context.signal);
      const { dedupKey, action: done } = page;
      return jsonOutput({ integration: to.name, action: done, dedupKey, answer });
    },
  };
}

function pageOf(
  { action = 'trigger', summary, severity = 'critical' }: ActionOf<'page-someone'>,
  { alarmKey, runbookName: runbook, runId }: StepContext,
): Page {
  const arn = alarmArn(alarmKey);
  if (arn === null && action !== 'trigger') {
    throw new FailureError(
      invalid(`There is no alarm, so nobody knows what to ${action}: run it from an alarm.`),
    );
  }
  return {
    action,
    summary: summary.trim() === '' ? runbook : summary,
    severity,
    dedupKey: arn ?? `nightdesk-run-${runId}`,
    source: arn ?? 'Nightdesk',
    runbook,
    alarmArn: arn,
  };
}
