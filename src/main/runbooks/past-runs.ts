/** Runs of the past: those of earlier starts of the console, from the journal, and ended ones that were let go. */
import type { RunState } from '../../shared/runbooks/run';
import type { Journal } from '../seams';
import { rememberedRuns } from './restore';
import type { Remembered } from './restore';

/** An output of a run that was let go keeps this much (UTF-16 units). */
const KEPT_OUTPUT = 65_536;
const MOST = 400;

export class PastRuns {
  private reading: Promise<Map<string, Remembered>> | null = null;
  private readonly letGo = new Map<string, RunState>();

  constructor(private readonly journal: () => Promise<Journal>) {}

  /** Rejects when the journal cannot be read; it is tried again then. */
  async remembered(runId: string): Promise<Remembered | null> {
    return (await this.read()).get(runId) ?? null;
  }

  async state(runId: string): Promise<RunState | null> {
    return this.letGo.get(runId) ?? (await this.remembered(runId))?.state ?? null;
  }

  async states(): Promise<RunState[]> {
    const before = [...(await this.read()).values()].map(({ state }) => state);
    return [...this.letGo.values(), ...before.filter(({ runId }) => !this.letGo.has(runId))];
  }

  /** An ended run of this start, which is not held in full any more. */
  put(state: RunState): void {
    const steps = state.steps.map((step) =>
      step.output === null || step.output.json.length <= KEPT_OUTPUT
        ? step
        : { ...step, output: shortened(step.output.json) },
    );
    this.letGo.set(state.runId, { ...state, steps, undoable: false });
    const [oldest] = this.letGo.keys();
    if (this.letGo.size > MOST && oldest !== undefined) this.letGo.delete(oldest);
  }

  private async read(): Promise<Map<string, Remembered>> {
    this.reading ??= this.journal().then((journal) => rememberedRuns(journal.read()));
    try {
      return await this.reading;
    } catch (error) {
      this.reading = null;
      throw error;
    }
  }
}

const shortened = (json: string): { kind: 'text'; json: string } => ({
  kind: 'text',
  json: JSON.stringify(`${json.slice(0, KEPT_OUTPUT)}… (cut: the run is over)`),
});
