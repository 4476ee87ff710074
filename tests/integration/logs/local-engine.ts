/** The real engine in this process behind main's own host for it, and what a view of it shows. */
import { Engine } from '../../../src/main/logs/engine/engine';
import { serve } from '../../../src/main/logs/engine/serve';
import { LogEngine } from '../../../src/main/logs/engine-host';
import type { EngineClient as Client } from '../../../src/shared/logs/engine-client';
import { EngineClient } from '../../../src/shared/logs/engine-client';
import { webPort } from '../../../src/shared/logs/engine-port';
import { ROW_META, rowMeta } from '../../../src/shared/logs/engine-protocol';

export interface Shown {
  timestamp: number;
  group: string;
  region: string;
  message: string;
}

export interface LocalEngine {
  engine: LogEngine;
  client(): Client;
  /** As a crash of its process does: what was asked fails, what was held is gone. */
  kill(): void;
  /** All rows of a dataset in the order of a view. */
  shown(dataset: string, newestFirst?: boolean): Promise<Shown[]>;
  stop(): void;
}

function launched() {
  const channel = new MessageChannel();
  const end = serve(new Engine(), webPort(channel.port1));
  return { client: new EngineClient(webPort(channel.port2)), end };
}

export function localEngine(capBytes = 2 ** 29): LocalEngine {
  let running = launched();
  const listeners = new Set<(exitCode: number) => void>();
  const engine = new LogEngine({
    launch: () => ({
      get client() {
        return running.client;
      },
      portForWindow: () => {
        throw new Error('There is no window here.');
      },
      onRestarted(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      stop: () => running.end(),
    }),
    sendPort: () => false,
    capBytes: () => capBytes,
    report: () => undefined,
  });
  return {
    engine,
    client: () => running.client,
    kill() {
      running.end();
      running.client.close();
      running = launched();
      for (const listener of listeners) listener(9);
    },
    shown: (dataset, newestFirst = false) => rowsOf(running.client, dataset, newestFirst),
    stop: () => {
      running.end();
      running.client.close();
    },
  };
}

async function rowsOf(client: Client, dataset: string, newestFirst: boolean): Promise<Shown[]> {
  const names = { dataset, view: 'all' };
  const { count } = await client.ask('look', { ...names, filter: { kind: 'all' }, newestFirst });
  const sources = await client.ask('sources', { dataset });
  const shown: Shown[] = [];
  while (shown.length < count) {
    const ask = { ...names, from: shown.length, count: 2_000, maxBytes: 2 ** 21 };
    const page = await client.ask('rows', ask);
    let from = 0;
    for (let i = 0; i < page.count; i += 1) {
      const meta = (at: number): number => page.meta[i * ROW_META + at] ?? 0;
      const source = sources[meta(rowMeta.source)];
      shown.push({
        timestamp: meta(rowMeta.timestamp),
        group: source?.group ?? '',
        region: source?.region ?? '',
        message: page.text.slice(from, meta(rowMeta.end)),
      });
      from = meta(rowMeta.end);
    }
  }
  return shown;
}
