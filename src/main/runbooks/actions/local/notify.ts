/** Tells people: by a notification of this console, or by a webhook named in the settings. */
import { FailureError } from '../../../../shared/failure';
import { invalid } from '../../action-values';
import type { LocalChangeHandler } from '../../step-seams';
import { alarmArn } from './alarm-arn';
import type { Integrations } from './integrations/integrations';
import { textOutput } from './output';
import { untilAbort } from './until-abort';

const KINDS = ['webhook', 'slack'] as const;

/** Shows a notification of the console; rejects, or says why not, where the system did not take it. */
export type Popup = (popup: { title: string; body: string }) => Promise<void>;

export function notify(integrations: Integrations, popup: Popup): LocalChangeHandler<'notify'> {
  return {
    kind: 'notify',
    mode: 'local',
    timeoutMs: 60_000,
    resource: ({ webhook }) => webhook ?? null,
    effect: async ({ webhook, title }) => {
      if (webhook === undefined) return `Notifies on this computer: ${title}`;
      const to = integrations.named(webhook, KINDS);
      integrations.ready(to);
      return `Sends to ${to.name}: ${title}`;
    },
    run: async ({ webhook, title, body = '' }, context) => {
      if (webhook === undefined) {
        await untilAbort(shown(popup, title, body), context.signal);
        return textOutput('The notification was handed to the system.');
      }
      const to = integrations.named(webhook, KINDS);
      context.tell(`Sending to ${to.name}`);
      const { alarmKey, runbookName: runbook, runId, signal } = context;
      const message = { title, body, alarmArn: alarmArn(alarmKey), runbook, runId };
      const status = await integrations.message(to, message, signal);
      return textOutput(`${to.name} took it (status ${status}).`);
    },
  };
}

async function shown(popup: Popup, title: string, body: string): Promise<void> {
  try {
    await popup({ title, body });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FailureError({
      ...invalid(`The notification was not shown: ${why}`),
      kind: 'unknown',
      advice: 'See the settings, under Notifications, and tell people another way.',
    });
  }
}
