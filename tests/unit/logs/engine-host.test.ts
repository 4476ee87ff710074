import type { MessagePortMain } from 'electron';
import { afterEach, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/main/logs/engine/engine';
import type { EngineHost } from '../../../src/main/logs/engine/host';
import { serve } from '../../../src/main/logs/engine/serve';
import { LogEngine } from '../../../src/main/logs/engine-host';
import { EngineClient } from '../../../src/shared/logs/engine-client';
import { webPort } from '../../../src/shared/logs/engine-port';
import { frameOf } from '../log-engine/engine-rig';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A host whose engine runs here; what is asked of it is written down. */
function rig(trusted = true) {
  const asked: string[] = [];
  const sent: MessagePortMain[] = [];
  const problems: string[] = [];
  const restarted = new Set<(exitCode: number) => void>();
  let inFlight = 0;
  let most = 0;
  let stopped = 0;
  let closedPorts = 0;
  const launch = () => {
    const channel = new MessageChannel();
    ends.push(serve(new Engine(), webPort(channel.port1)));
    const client = new EngineClient(webPort(channel.port2));
    const ask = client.ask.bind(client);
    const counted: typeof client.ask = async (op, args, signal) => {
      asked.push(op);
      inFlight += op === 'append' ? 1 : 0;
      most = Math.max(most, inFlight);
      try {
        return await ask(op, args, signal);
      } finally {
        inFlight -= op === 'append' ? 1 : 0;
      }
    };
    client.ask = counted;
    ends.push(() => client.close());
    return client;
  };
  let client = launch();
  const portForWindow = (): MessagePortMain => {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    const close = port1.close.bind(port1);
    port1.close = () => {
      closedPorts += 1;
      close();
    };
    // Only handed on and closed here.
    const handed: unknown = port1;
    if (!isPort(handed)) throw new Error('no port');
    return handed;
  };
  const host: EngineHost = {
    get client() {
      return client;
    },
    portForWindow,
    onRestarted(listener) {
      restarted.add(listener);
      return () => restarted.delete(listener);
    },
    stop: () => void (stopped += 1),
  };
  const engine = new LogEngine({
    launch: () => host,
    sendPort(port) {
      if (trusted) sent.push(port);
      return trusted;
    },
    capBytes: () => 2 ** 26,
    report: (problem) => void problems.push(problem),
  });
  return {
    engine,
    asked,
    sent,
    problems,
    most: () => most,
    stopped: () => stopped,
    closedPorts: () => closedPorts,
    restart() {
      client.close();
      client = launch();
      for (const listener of restarted) listener(7);
    },
    look: () =>
      client.ask('look', { dataset: 'd', view: 'v', filter: { kind: 'all' }, newestFirst: false }),
  };
}

function isPort(value: unknown): value is MessagePortMain {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

const lines = (count: number, from = 0) =>
  frameOf(
    Array.from({ length: count }, (_, i) => ({ message: `line ${from + i} ${'x'.repeat(500)}` })),
  );

describe('the log engine as main has it', () => {
  it('is fed a few frames at a time, however many wait', async () => {
    const { engine, most } = rig();
    await engine.open('d');
    await Promise.all(Array.from({ length: 20 }, (_, i) => engine.append('d', lines(10, i * 10))));
    expect(most()).toBe(3);
    await expect(engine.append('other', lines(1))).rejects.toThrow();
    await engine.append('d', lines(1));
  });

  it('exports a view chunk by chunk, and lets go of it when nobody wants more', async () => {
    const { engine, look, asked } = rig();
    await engine.open('d');
    for (let i = 0; i < 8; i += 1) await engine.append('d', lines(1_000, i * 1_000));
    await look();
    const order = { dataset: 'd', view: 'v', format: 'text' as const, columns: [] };
    let text = '';
    let rows = 0;
    for await (const chunk of engine.exportView(order)) {
      text += chunk.text;
      ({ rows } = chunk);
    }
    expect(rows).toBe(8_000);
    expect(text.split('\n')).toHaveLength(8_001);
    expect(asked).not.toContain('exportEnd');
    for await (const chunk of engine.exportView(order)) {
      expect(chunk.done).toBe(false);
      break;
    }
    expect(asked).toContain('exportEnd');
    await expect(engine.exportView({ ...order, view: 'none' }).next()).rejects.toMatchObject({
      failure: { operation: 'logs' },
    });
  });

  it('says that it died, tells who searched, and gives the window another port', async () => {
    const { engine, sent, problems, restart, look, stopped } = rig();
    let lost = 0;
    const silence = engine.onLost(() => (lost += 1));
    engine.connect();
    expect(sent).toHaveLength(1);
    await engine.open('d');
    await engine.append('d', lines(5_000));
    await look();
    const chunks = engine.exportView({ dataset: 'd', view: 'v', format: 'text', columns: [] });
    await chunks.next();
    restart();
    expect(lost).toBe(1);
    expect(sent).toHaveLength(2);
    expect(problems[0]).toContain('ended with 7');
    // Never the rows of another export that the new engine has by the same number.
    await expect(chunks.next()).rejects.toMatchObject({ failure: { kind: 'unknown' } });
    silence();
    restart();
    expect(lost).toBe(1);
    engine.stop();
    expect(stopped()).toBe(1);
  });

  it('closes the port when there is no page to trust with it', () => {
    const { engine, sent, closedPorts } = rig(false);
    engine.connect();
    expect(sent).toEqual([]);
    expect(closedPorts()).toBe(1);
  });
});
