import { Engine } from '../../../src/main/logs/engine/engine';
import { serve } from '../../../src/main/logs/engine/serve';
import { EngineClient } from '../../../src/shared/logs/engine-client';
import { webPort } from '../../../src/shared/logs/engine-port';
import type { EngineArgs, ViewState } from '../../../src/shared/logs/engine-protocol';
import { ROW_META, rowMeta, type RowsPage } from '../../../src/shared/logs/engine-protocol';
import type { Filter } from '../../../src/shared/logs/filter/filter';
import { parseFilter } from '../../../src/shared/logs/filter/parse';
import { encodeBatch } from '../../../src/shared/logs/frame';
import type { LogSource } from '../../../src/shared/logs/log-event';

export const source = (stream = 's1', group = 'g1'): LogSource => ({
  connectionId: 'c1',
  region: 'us-east-1',
  group,
  stream,
});

export interface SomeEvent {
  message: string;
  timestamp?: number;
  id?: string;
  source?: number;
}

/** Events without a time get one a millisecond after the other. */
export const frameOf = (
  events: readonly (SomeEvent | string)[],
  sources: LogSource[] = [source()],
) =>
  encodeBatch(
    sources,
    events.map((event, i) => {
      const given = typeof event === 'string' ? { message: event } : event;
      const timestamp = given.timestamp ?? 1_000 + i;
      return {
        message: given.message,
        timestamp,
        ingestion: timestamp + 5,
        id: given.id ?? '',
        source: given.source ?? 0,
      };
    }),
  );

export const parsed = (text: string): Filter => {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.mistake.message);
  return result.filter;
};

/** Texts of a page's rows. */
export function textsOf(page: RowsPage): string[] {
  let from = 0;
  return Array.from({ length: page.count }, (_, i) => {
    const end = page.meta[i * ROW_META + rowMeta.end] ?? 0;
    const text = page.text.slice(from, end);
    from = end;
    return text;
  });
}

/** The engine in this process, asked over a real port. */
export function startEngine(capBytes = 2 ** 28) {
  const channel = new MessageChannel();
  const engine = new Engine();
  const end = serve(engine, webPort(channel.port1));
  const client = new EngineClient(webPort(channel.port2));
  const names = { dataset: 'd', view: 'v' };
  const states: ViewState[] = [];
  client.onView((state) => states.push(state));
  const look = (filter: string | Filter, newestFirst = false) =>
    client.ask('look', {
      ...names,
      filter: typeof filter === 'string' ? parsed(filter) : filter,
      newestFirst,
    });
  const page = (args: Partial<EngineArgs<'rows'>> = {}) =>
    client.ask('rows', { ...names, from: 0, count: 2_000, maxBytes: 2 ** 21, ...args });
  return {
    client,
    names,
    states,
    open: () => client.ask('open', { dataset: 'd', capBytes }),
    append: (events: readonly (SomeEvent | string)[], sources?: LogSource[]) =>
      client.ask('append', { dataset: 'd', frame: frameOf(events, sources) }),
    look,
    page,
    /** Messages that a filter leaves, oldest first. */
    async found(filter: string | Filter, newestFirst = false): Promise<string[]> {
      await look(filter, newestFirst);
      return textsOf(await page());
    },
    close(): void {
      end();
      client.close();
    },
  };
}
