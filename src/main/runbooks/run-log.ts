/** What a run puts on record: each rejects when it is not on disk. */
import type { RunAction, RunDeed, StepRun } from '../../shared/runbooks/run';
import type { RunEvent } from '../../shared/runbooks/run-events';
import type { Secrets } from './secrets';

export interface RunLogParts {
  /** Resolves when it is on disk; rejects when it cannot be recorded. */
  record: (events: RunEvent[]) => Promise<void>;
  operator: () => string;
}

type Phase = Extract<RunEvent, { type: 'runbook-step' }>['phase'];

export class RunLog {
  constructor(
    private readonly parts: RunLogParts,
    private readonly runId: string,
    private readonly secrets: Secrets,
  ) {}

  /** `request` and `output` are masked already. */
  step(
    { id, name, kind, attempt }: StepRun,
    phase: Phase,
    more: { request?: string; output?: string; sha256?: string; note?: string },
  ): Promise<void> {
    const { request, output, sha256, note } = more;
    return this.parts.record([
      {
        type: 'runbook-step',
        runId: this.runId,
        stepId: id,
        name,
        kind,
        phase,
        attempt,
        request: request === undefined ? null : cut(request),
        output: output === undefined ? null : cut(output),
        sha256: sha256 ?? null,
        note: note === undefined ? null : this.secrets.mask(note).slice(0, 4_000),
      },
    ]);
  }

  /** Answers what was written. */
  async person(
    action: RunAction['action'],
    stepId: string | null,
    note: string | null,
  ): Promise<Omit<RunDeed, 'at'>> {
    const masked = note === null ? null : this.secrets.mask(note);
    const deed = { action, stepId, by: this.parts.operator(), note: masked };
    await this.parts.record([{ type: 'runbook-person', runId: this.runId, ...deed }]);
    return deed;
  }

  ended(status: 'done' | 'failed' | 'cancelled', note: string | null): Promise<void> {
    const masked = note === null ? null : this.secrets.mask(note);
    return this.parts.record([{ type: 'runbook-ended', runId: this.runId, status, note: masked }]);
  }
}

const RECORDED = 65_536;
/** How a text ends that was too long for the journal. */
export const CUT = '… cut';
const cut = (json: string): string =>
  json.length <= RECORDED ? json : `${json.slice(0, RECORDED)}${CUT}`;
