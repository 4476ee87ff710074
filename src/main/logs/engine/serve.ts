import {
  type EnginePort,
  type FromEngine,
  toEngineSchema,
} from '../../../shared/logs/engine-protocol';
import { type Engine, failureOf } from './engine';
import { Turn } from './turn';

/** Lets whoever holds the other end ask the engine. Returns what ends it. */
export function serve(engine: Engine, port: EnginePort): () => void {
  const turns = new Map<number, Turn>();
  const post = (message: FromEngine): void => port.post(message);
  const silence = engine.onView((view) => post({ view }));

  async function answer(id: number, op: string, args: unknown): Promise<void> {
    const turn = new Turn();
    turns.set(id, turn);
    try {
      post({ id, ok: true, value: await engine.ask(op, args, turn) });
    } catch (cause) {
      post({ id, ok: false, failure: failureOf(cause) });
    } finally {
      turns.delete(id);
    }
  }

  port.listen((message) => {
    const parsed = toEngineSchema.safeParse(message);
    // Without a number nobody could be answered.
    if (!parsed.success) return;
    if ('cancel' in parsed.data) turns.get(parsed.data.cancel)?.cancel();
    else void answer(parsed.data.id, parsed.data.op, parsed.data.args);
  });
  return () => {
    silence();
    for (const turn of turns.values()) turn.cancel();
    port.close();
  };
}
