/** Runbooks that collect evidence by themselves when their alarm fires. They only read, and never hold up the telling. */
import { randomUUID } from 'node:crypto';
import type { Alarm } from '../../shared/alarms/alarm';
import type { RunbookListing } from '../../shared/runbooks/listing';
import { fitsAlarm } from '../../shared/runbooks/fits-alarm';
import type { PlanRequest, RunPlan, StartRun } from '../../shared/runbooks/plan';

export interface AutomaticRunsParts {
  list: () => Promise<RunbookListing>;
  plan: (request: PlanRequest, signal: AbortSignal) => Promise<RunPlan>;
  start: (command: StartRun) => Promise<unknown>;
  severityOf: (alarm: Alarm) => string;
  report: (problem: string) => void;
}

/** A storm of alarms starts no storm of runs. */
const MOST_AT_ONCE = 3;
const WAITING = 20;

export class AutomaticRuns {
  private active = 0;
  private readonly waiting: (() => Promise<void>)[] = [];
  /** By alarm and runbook: when the alarm went into ALARM for which it ran. */
  private readonly ran = new Map<string, number>();

  constructor(private readonly parts: AutomaticRunsParts) {}

  fired(alarm: Alarm): void {
    if (this.waiting.length >= WAITING) return;
    this.waiting.push(() => this.runAll(alarm));
    this.next();
  }

  private next(): void {
    while (this.active < MOST_AT_ONCE) {
      const task = this.waiting.shift();
      if (task === undefined) return;
      this.active += 1;
      task()
        .catch((cause: unknown) =>
          this.parts.report(`A runbook did not run by itself: ${messageOf(cause)}`),
        )
        .finally(() => {
          this.active -= 1;
          this.next();
        });
    }
  }

  private async runAll(alarm: Alarm): Promise<void> {
    const { entries } = await this.parts.list();
    const severity = this.parts.severityOf(alarm);
    for (const { id, runbook } of entries) {
      if (runbook?.automatic !== true || !fitsAlarm(runbook.alarms, alarm, severity)) continue;
      const key = `${id}|${alarm.key}`;
      if (this.ran.get(key) === alarm.stateTransitionedAt) continue;
      this.ran.set(key, alarm.stateTransitionedAt);
      await this.runOne(id, alarm);
    }
  }

  private async runOne(runbookId: string, alarm: Alarm): Promise<void> {
    const request: PlanRequest = {
      runbookId,
      alarmKey: alarm.key,
      connectionId: alarm.connectionId,
      region: alarm.region,
      inputs: {},
      undoOf: null,
    };
    const plan = await this.parts.plan(request, AbortSignal.timeout(60_000));
    // The file's check has seen to it; what runs unasked is looked at twice.
    if (plan.class !== 'reads') throw new Error(`${plan.name} does more than read.`);
    const [problem] = plan.problems;
    if (problem !== undefined) throw new Error(`${plan.name}: ${problem}`);
    await this.parts.start({
      ...request,
      commandId: randomUUID(),
      hash: plan.hash,
      typed: null,
      secondPerson: null,
    });
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
