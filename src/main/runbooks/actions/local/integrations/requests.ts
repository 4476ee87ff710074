/** What each service is sent, and how its answers are read. */
import { createHash } from 'node:crypto';
import { assertNever } from '../../../../../shared/assert-never';
import type { Integration } from '../../../../../shared/runbooks/integrations';
import type { HttpAsk } from '../../../../net/http-message';

export interface Message {
  title: string;
  body: string;
  alarmArn: string | null;
  runbook: string;
  runId: string;
}

export interface Page {
  action: 'trigger' | 'acknowledge' | 'resolve';
  summary: string;
  severity: 'info' | 'warning' | 'error' | 'critical';
  /** One incident of the service for all that is said under this name. */
  dedupKey: string;
  source: string;
  runbook: string;
  alarmArn: string | null;
}

type Of<K extends Integration['kind']> = Extract<Integration, { kind: K }>;

const post = (url: string, value: unknown, headers: Record<string, string> = {}): HttpAsk => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** Whole characters only: half a surrogate pair is no JSON for some services. */
const first = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, characters - 1).toWellFormed()}…`;

const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function messageRequest(
  { kind }: Of<'webhook' | 'slack'>,
  address: string,
  message: Message,
): HttpAsk {
  switch (kind) {
    case 'webhook':
      return post(address, { ...message, from: 'Nightdesk' });
    case 'slack': {
      const { title, body } = message;
      const text =
        body === '' ? `*${slackText(title)}*` : `*${slackText(title)}*\n${slackText(body)}`;
      return post(address, { text: first(text, 39_000) });
    }
    default:
      return assertNever(kind);
  }
}

/** PagerDuty takes 255 characters; a longer name stands as its hash. */
export const dedupKeyOf = (name: string): string =>
  name.length <= 255 ? name : `nightdesk-${createHash('sha256').update(name).digest('hex')}`;

const pagerDutyUrl = ({ region }: Of<'pagerduty'>): string =>
  `https://events${region === 'eu' ? '.eu' : ''}.pagerduty.com/v2/enqueue`;

const opsgenieUrl = ({ region }: Of<'opsgenie'>, path: string): string =>
  `https://api${region === 'eu' ? '.eu' : ''}.opsgenie.com/v2/alerts${path}`;

const priorities = { critical: 'P1', error: 'P2', warning: 'P3', info: 'P5' } as const;

export function pageRequest(
  integration: Of<'pagerduty' | 'opsgenie'>,
  key: string,
  page: Page,
): HttpAsk {
  return integration.kind === 'pagerduty'
    ? pagerDuty(integration, key, page)
    : opsgenie(integration, key, page);
}

function pagerDuty(integration: Of<'pagerduty'>, key: string, page: Page): HttpAsk {
  const { action, summary, severity, source, runbook, alarmArn } = page;
  return post(pagerDutyUrl(integration), {
    routing_key: key,
    event_action: action,
    dedup_key: dedupKeyOf(page.dedupKey),
    ...(action === 'trigger'
      ? {
          client: 'Nightdesk',
          payload: {
            summary: first(summary, 1_024),
            source: first(source, 1_024),
            severity,
            custom_details: { runbook, alarm: alarmArn, summary },
          },
        }
      : {}),
  });
}

function opsgenie(integration: Of<'opsgenie'>, key: string, page: Page): HttpAsk {
  const { action, summary, severity, runbook, alarmArn } = page;
  const headers = { authorization: `GenieKey ${key}` };
  const alias = page.dedupKey.length <= 512 ? page.dedupKey : dedupKeyOf(page.dedupKey);
  if (action === 'trigger') {
    const value = {
      message: first(summary, 130),
      alias,
      description: first(summary, 15_000),
      priority: priorities[severity],
      source: 'Nightdesk',
      details: { runbook, ...(alarmArn === null ? {} : { alarm: alarmArn }) },
    };
    return post(opsgenieUrl(integration, ''), value, headers);
  }
  const verb = action === 'acknowledge' ? 'acknowledge' : 'close';
  const path = `/${encodeURIComponent(alias)}/${verb}?identifierType=alias`;
  return post(
    opsgenieUrl(integration, path),
    { source: 'Nightdesk', note: first(summary, 15_000) },
    headers,
  );
}

/**
 * What tries an integration. Of the paging services nobody is paged: PagerDuty is told that an incident that never was
 * is resolved, Opsgenie is asked for its first alert.
 */
export function trialRequest(integration: Integration, secret: string): HttpAsk {
  switch (integration.kind) {
    case 'webhook':
    case 'slack':
      return messageRequest(integration, secret, {
        title: 'Nightdesk: a test',
        body: 'Runbooks can send here. Nothing is wrong.',
        alarmArn: null,
        runbook: '',
        runId: '',
      });
    case 'pagerduty':
      return pageRequest(integration, secret, {
        action: 'resolve',
        summary: '',
        severity: 'info',
        dedupKey: 'nightdesk-test',
        source: 'Nightdesk',
        runbook: '',
        alarmArn: null,
      });
    case 'opsgenie':
      return {
        url: opsgenieUrl(integration, '?limit=1'),
        method: 'GET',
        headers: { authorization: `GenieKey ${secret}` },
        body: null,
      };
    default:
      return assertNever(integration);
  }
}

/** What a trial that was answered with this status means. */
export function trialVerdict(
  { kind }: Integration,
  status: number,
): { ok: boolean; sentence: string } {
  const fine = status >= 200 && status <= 299;
  switch (kind) {
    case 'webhook':
    case 'slack':
      return fine
        ? { ok: true, sentence: `A test message was taken (status ${status}).` }
        : {
            ok: false,
            sentence: `The address answered ${status}: the test message was not taken.`,
          };
    case 'pagerduty':
      return fine
        ? {
            ok: true,
            sentence:
              'PagerDuty takes events with this key; nobody was paged. It takes those for a service that was deleted, too.',
          }
        : { ok: false, sentence: `PagerDuty answered ${status}: it does not know this key.` };
    case 'opsgenie':
      if (fine) return { ok: true, sentence: 'Opsgenie knows this key; nobody was paged.' };
      return status === 403
        ? {
            ok: true,
            sentence:
              'Opsgenie knows this key, though it may not read alerts; whether it may create them is seen when it does. Nobody was paged.',
          }
        : { ok: false, sentence: `Opsgenie answered ${status}: it does not know this key.` };
    default:
      return assertNever(kind);
  }
}
