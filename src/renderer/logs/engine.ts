/** The page's client of the log engine, one for the whole window. */
import { create } from 'zustand';
import type { EngineClient } from '../../shared/logs/engine-client';
import { toFailure } from '../bridge';
import { connectEngine } from './engine-port';

interface EngineState {
  client: EngineClient | null;
  /** Grows with every engine: what the one before held is gone. */
  generation: number;
  problem: string | null;
}

export const useEngine = create<EngineState>()(() => ({
  client: null,
  generation: 0,
  problem: null,
}));

let connected = false;

/** Asks for the engine once; a new one that replaces a dead one is taken up by itself. */
export function wantEngine(): void {
  if (connected) return;
  connected = true;
  connectEngine(
    (client) =>
      useEngine.setState(({ generation }) => ({
        client,
        generation: generation + 1,
        problem: null,
      })),
    (error) => {
      // Asked again when the page is opened the next time.
      connected = false;
      useEngine.setState({ problem: toFailure(error, 'logs.connect').message });
    },
  );
}
