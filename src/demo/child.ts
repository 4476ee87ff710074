/**
 * The demo in a process of its own: computing a month of made-up metrics must never hold up main, which
 * watches and notifies. Runs as Electron's utility process.
 */
import { startDemo } from './demo';
import { toDemoChildSchema } from '../shared/demo-messages';
import type { FromDemoChild } from '../shared/demo-messages';

const tell = (message: FromDemoChild): void => process.parentPort.postMessage(message);

async function start(): Promise<void> {
  const demo = await startDemo({ autoplay: true, port: Number(process.argv[2] ?? 0) });
  demo.onScenarios((scenarios) => tell({ type: 'scenarios', scenarios }));
  process.parentPort.on('message', ({ data }) => {
    const message = toDemoChildSchema.parse(data);
    if (message.type === 'run') demo.run(message.id);
  });
  const queueUrls = Object.fromEntries(
    ['us-east-1', 'us-west-1'].map((region) => [region, demo.queueUrl(region)]),
  );
  tell({ type: 'ready', endpoint: demo.endpoint, queueUrls, scenarios: demo.scenarios() });
}

start().catch((cause: unknown) => {
  tell({ type: 'failed', reason: cause instanceof Error ? cause.message : String(cause) });
  process.exit(1);
});
