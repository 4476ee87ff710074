import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/shared/clock';
import type { Integration } from '../../../src/shared/runbooks/integrations';
import { stepKindSchema } from '../../../src/shared/runbooks/step-kinds';
import { GuardedHttp } from '../../../src/main/net/guarded-http';
import { productPolicy } from '../../../src/main/net/address-policy';
import { Integrations } from '../../../src/main/runbooks/actions/local';
import type { IntegrationVault } from '../../../src/main/runbooks/actions/local/integrations/integration-secrets';
import { notify } from '../../../src/main/runbooks/actions/local/notify';
import { pageSomeone } from '../../../src/main/runbooks/actions/local/page-someone';
import { shapedHandler } from '../../support/step-outputs';
import { loopbackIsOutside, record, stepContext, valueIn } from './local-rig';
import type { RecordingServer } from './local-rig';

const ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders-5xx';
const PD_KEY = 'canary0123456789canary0123456789';
const OG_KEY = 'canary-opsgenie-key';

let server: RecordingServer;
let status = 202;
let echo = '';
/** The addresses that were meant; what is sent goes to the server of the test instead. */
let meant: string[];
beforeEach(async () => {
  status = 202;
  echo = '{"status":"success"}';
  meant = [];
  server = await record((_, response) => response.writeHead(status).end(echo));
});
afterEach(() => server.stop());

const list: Integration[] = [
  { id: 'pd', name: 'On call', kind: 'pagerduty', region: 'us' },
  { id: 'pd-eu', name: 'On call EU', kind: 'pagerduty', region: 'eu' },
  { id: 'og', name: 'Ops', kind: 'opsgenie', region: 'eu' },
  { id: 'hook', name: 'Deploys', kind: 'webhook' },
  { id: 'slack', name: 'War room', kind: 'slack' },
];

function memoryVault(): IntegrationVault & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    problem: null,
    set: (name, secret) => void kept.set(name, secret),
    get: (name) => kept.get(name) ?? null,
    remove: (name) => void kept.delete(name),
    names: () => [...kept.keys()],
  };
}

function rig() {
  const vault = memoryVault();
  const guarded = new GuardedHttp({ clock: systemClock, policy: loopbackIsOutside });
  const integrations = new Integrations({
    list: () => list,
    vault,
    http: {
      ask: (ask, signal) => {
        meant.push(ask.url);
        const { pathname, search } = new URL(ask.url);
        return guarded.ask({ ...ask, url: server.url(pathname + search) }, signal);
      },
    },
    report: (problem) => {
      throw new Error(problem);
    },
  });
  const give = (id: string, secret: string): void => {
    const one = list.find((each) => each.id === id);
    if (one !== undefined) integrations.setSecret(one, secret);
  };
  give('pd', PD_KEY);
  give('pd-eu', PD_KEY);
  give('og', OG_KEY);
  give('hook', 'https://hooks.example.com/canary/path?token=canary-token');
  give('slack', 'https://hooks.slack.com/services/canary');
  return { integrations, vault };
}

const told = () => stepContext({ alarmKey: `prod|${ARN}` });
const page = (more: object, context = told()) =>
  shapedHandler(pageSomeone(rig().integrations)).run(
    stepKindSchema.parse({ kind: 'page-someone', summary: 'Orders fail', ...more }),
    context.context,
    null,
  );
const popups: unknown[] = [];
const send = (more: object) =>
  shapedHandler(notify(rig().integrations, async (popup) => void popups.push(popup))).run(
    stepKindSchema.parse({ kind: 'notify', title: 'Rolled <back>', ...more }),
    told().context,
    null,
  );
const bodies = (): unknown[] => server.asked.map(({ body }) => JSON.parse(body));

describe('PagerDuty', () => {
  it('is told of one incident an alarm, by the alarm’s ARN', async () => {
    const pd = { service: 'pagerduty', integration: 'on call' };
    const output = await page(pd);
    expect(valueIn(output)).toMatchObject({ action: 'trigger', dedupKey: ARN });
    await page({ ...pd, action: 'acknowledge' });
    await page({ ...pd, action: 'resolve', integration: 'On call EU' });
    expect(meant).toEqual([
      'https://events.pagerduty.com/v2/enqueue',
      'https://events.pagerduty.com/v2/enqueue',
      'https://events.eu.pagerduty.com/v2/enqueue',
    ]);
    expect(bodies()).toMatchObject([
      {
        routing_key: PD_KEY,
        event_action: 'trigger',
        dedup_key: ARN,
        payload: { summary: 'Orders fail', severity: 'critical', source: ARN },
      },
      { event_action: 'acknowledge', dedup_key: ARN },
      { event_action: 'resolve', dedup_key: ARN },
    ]);
  });

  it('says what it said, never with the key', async () => {
    status = 400;
    echo = `{"errors":["bad key ${PD_KEY}"]}`;
    const failed = page({ service: 'pagerduty', integration: 'On call' });
    await expect(failed).rejects.toMatchObject({
      failure: { message: expect.stringContaining('On call answered 400: {"errors":["bad key …"') },
    });
    await expect(failed).rejects.not.toThrow(/canary/);
  });

  it('resolves nothing where there is no alarm', async () => {
    const pd = { service: 'pagerduty', integration: 'On call', action: 'resolve' };
    await expect(page(pd, stepContext())).rejects.toMatchObject({ failure: { kind: 'invalid' } });
    expect(server.asked).toEqual([]);
  });
});

describe('Opsgenie', () => {
  it('is told of one alert an alarm, by its alias', async () => {
    const og = { service: 'opsgenie', integration: 'Ops', severity: 'warning' };
    await page(og);
    await page({ ...og, action: 'acknowledge' });
    await page({ ...og, action: 'resolve' });
    const alias = encodeURIComponent(ARN);
    expect(meant).toEqual([
      'https://api.eu.opsgenie.com/v2/alerts',
      `https://api.eu.opsgenie.com/v2/alerts/${alias}/acknowledge?identifierType=alias`,
      `https://api.eu.opsgenie.com/v2/alerts/${alias}/close?identifierType=alias`,
    ]);
    expect(server.asked[0]?.headers.authorization).toBe(`GenieKey ${OG_KEY}`);
    expect(bodies()[0]).toMatchObject({ alias: ARN, message: 'Orders fail', priority: 'P3' });
  });
});

describe('notify', () => {
  it('shows a notification of the console where no webhook is named', async () => {
    await send({ body: 'by hand' });
    expect(popups).toEqual([{ title: 'Rolled <back>', body: 'by hand' }]);
    expect(server.asked).toEqual([]);
  });

  it('sends to the webhook of this name', async () => {
    await send({ webhook: 'deploys', body: 'v41' });
    await send({ webhook: 'War room' });
    expect(meant).toEqual([
      'https://hooks.example.com/canary/path?token=canary-token',
      'https://hooks.slack.com/services/canary',
    ]);
    expect(bodies()).toEqual([
      {
        title: 'Rolled <back>',
        body: 'v41',
        alarmArn: ARN,
        runbook: 'Drain a queue',
        runId: 'run-1',
        from: 'Nightdesk',
      },
      { text: '*Rolled &lt;back&gt;*' },
    ]);
  });

  it('names the webhooks there are, and no paging service', async () => {
    await expect(send({ webhook: 'On call' })).rejects.toMatchObject({
      failure: { kind: 'not-found', message: expect.stringContaining('Deploys, War room') },
    });
  });

  it('tells of a failure without the address, which is the secret', async () => {
    status = 500;
    echo = 'POST /canary/path?token=canary-token failed';
    const failed = send({ webhook: 'Deploys' });
    await expect(failed).rejects.toThrow(/Deploys answered 500: POST … failed/);
    await expect(failed).rejects.not.toThrow(/canary/);
  });
});

describe('integrations', () => {
  it('send no secret to a service of another kind', async () => {
    const { integrations, vault } = rig();
    integrations.ready({ id: 'pd', name: 'On call', kind: 'pagerduty', region: 'eu' });
    expect(() => integrations.ready({ id: 'pd', name: 'On call', kind: 'webhook' })).toThrow(
      'not kept',
    );
    expect(integrations.state()).toEqual({ kept: list.map(({ id }) => id), problem: null });
    vault.set('integration:gone', '{}');
    vault.set('log-source:other', '{}');
    integrations.stop();
    expect(vault.names()).toContain('log-source:other');
    expect(vault.names()).not.toContain('integration:gone');
  });

  it.each([
    ['pd', 'short'],
    ['slack', 'http://hooks.slack.com/x'],
    ['hook', 'ftp://example.com/'],
    ['hook', 'https://user:pass@example.com/'],
    ['hook', 'no address'],
  ])('take no secret that cannot be one: %s %s', (id, secret) => {
    const one = list.find((each) => each.id === id);
    expect(() => one !== undefined && rig().integrations.setSecret(one, secret)).toThrow();
  });

  it('are tried without paging anybody', async () => {
    const { integrations } = rig();
    const { signal } = new AbortController();
    for (const one of list) {
      expect(await integrations.test(one, null, signal)).toMatchObject({ ok: true });
    }
    expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v2/enqueue',
      'POST /v2/enqueue',
      'GET /v2/alerts?limit=1',
      'POST /canary/path?token=canary-token',
      'POST /services/canary',
    ]);
    const enqueued = server.asked.filter(({ url }) => url === '/v2/enqueue');
    for (const { body } of enqueued)
      expect(JSON.parse(body)).toMatchObject({ event_action: 'resolve' });
    status = 401;
    for (const one of list) {
      expect(await integrations.test(one, null, signal)).toMatchObject({ ok: false });
    }
  });

  it('are guarded like every request of a runbook', async () => {
    const vault = memoryVault();
    const resolve = async () => [{ address: '169.254.169.254', family: 4 as const }];
    const http = new GuardedHttp({ clock: systemClock, policy: productPolicy, resolve });
    const init = { list: () => list, vault, http, report: () => undefined };
    const integrations = new Integrations(init);
    const hook: Integration = { id: 'hook', name: 'Deploys', kind: 'webhook' };
    const { signal } = new AbortController();
    for (const address of ['http://169.254.169.254/canary', 'https://inside.example.com/canary']) {
      const failed = integrations.test(hook, address, signal);
      await expect(failed).rejects.toMatchObject({ failure: { kind: 'denied' } });
      await expect(failed).rejects.not.toThrow(/canary/);
    }
  });
});
