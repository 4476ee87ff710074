/** S9 for runbooks: a secret input reaches the steps that use it, and nothing that is shown, kept or told. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { newDir, startConsole } from './console-rig';
import { record } from './local-rig';
import type { RecordingServer } from './local-rig';

/** What JSON, an address and base64 each write in another way. */
const canary = 'kanarie "9f3c/+ü" -- 77d1e0';
const digest = createHash('sha256').update(canary).digest('hex');

const script = `
import { createHash } from 'node:crypto';
const of = (text) => createHash('sha256').update(text).digest('hex');
let stdin = '';
for await (const part of process.stdin) stdin += part;
process.stdout.write(process.env.TOKEN + '\\n' + Buffer.from(stdin).toString('base64') + '\\n');
process.stdout.write(encodeURIComponent(stdin) + ' ' + JSON.stringify({ stdin }) + '\\n');
process.stdout.write('env ' + of(process.env.TOKEN) + ' stdin ' + of(stdin));
`;

const runbook = (url: string): string => `nightdesk: runbook/1
name: Uses a secret
inputs:
  - { name: token, type: secret }
steps:
  - id: said
    do: { kind: note, text: 'It is {% $inputs.token %}.' }
  - id: script
    do:
      kind: script
      command: [${JSON.stringify(process.execPath)}, script.mjs]
      environment: { TOKEN: '{% $inputs.token %}' }
      stdin: '{% $inputs.token %}'
  - id: asked
    do:
      kind: http-request
      url: ${url}
      method: POST
      headers: { x-token: '{% $encodeUrlComponent($inputs.token) %}' }
      body: { token: '{% $inputs.token %}' }
  - id: invoked
    onFailure: continue
    do: { kind: lambda-invoke, function: crm-export, payload: { token: '{% $inputs.token %}' } }
  - id: wrong
    do: { kind: check, that: 'false', else: '{% $inputs.token %} is wrong' }
`;

let demo: DemoAws;
let server: RecordingServer;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 20 });
  server = await record(({ body }, response) => {
    response.end(JSON.stringify({ echo: body, again: canary }));
  });
});
afterAll(async () => {
  await demo.stop();
  await server.stop();
});

function everyFile(dir: string): string {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

it('is used by steps, and left nowhere', async () => {
  const nothing = newDir();
  const rig = await startConsole({
    endpoint: demo.endpoint,
    starterDir: nothing,
    files: { 'secret.yaml': runbook(server.url('/hook')), 'script.mjs': script },
  });
  await rig.until(() => rig.alarms.statuses()[0]?.accountId ?? null);
  const { entries } = await rig.runbooks.list();
  const request = {
    runbookId: entries[0]?.id ?? '',
    alarmKey: null,
    connectionId: 'demo',
    region: 'us-east-1',
    inputs: { token: canary },
    undoOf: null,
  };
  const plan = await rig.plan(request);
  expect(plan.problems).toEqual([]);
  const { runId } = await rig.start(request, plan);
  const ended = await rig.ended(runId);
  expect(ended.steps.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'said done',
    'script done',
    'asked done',
    'invoked done',
    'wrong failed',
  ]);

  // Where it was needed it arrived as it is.
  expect(JSON.stringify(ended.steps[1]?.output)).toContain(`env ${digest} stdin ${digest}`);
  const [asked] = server.asked;
  expect(asked?.headers['x-token']).toBe(encodeURIComponent(canary));
  expect(JSON.parse(asked?.body ?? '')).toEqual({ token: canary });

  const report = await rig.runbooks.report({ runId, format: 'markdown' });
  const page = await rig.runbooks.report({ runId, format: 'html' });
  const history = await rig.runbooks.runs();
  await rig.stop(true);
  const left = [
    JSON.stringify(plan),
    rig.pushed.join('\n'),
    JSON.stringify(history),
    report,
    page,
    everyFile(rig.dir),
    rig.reports.join('\n'),
    JSON.stringify(rig.presenter.shown),
  ];
  // The check would find it: what else was there is.
  expect(left[5]).toContain('Uses a secret');
  expect(report).toContain('••••••');
  const quoted = JSON.stringify(canary).slice(1, -1);
  const forms = [
    canary,
    quoted,
    JSON.stringify(quoted).slice(1, -1),
    encodeURIComponent(canary),
    Buffer.from(canary).toString('base64'),
    '77d1e0',
    '9f3c',
  ];
  for (const text of left) {
    for (const form of forms) expect(text.includes(form), form).toBe(false);
  }
});
