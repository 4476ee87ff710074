/**
 * Runbooks that collect evidence by themselves when their alarm begins to fire. They only read, one runs at a time, and
 * a storm of alarms starts no storm of runs. What keeps one from running is told in the alarm's incident.
 */
import { randomUUID } from 'node:crypto';
import type { Alarm } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { Failure } from '../../shared/failure';
import type { RunbookEntry, RunbookListing } from '../../shared/runbooks/listing';
import { fitsAlarm } from '../../shared/runbooks/fits-alarm';
import type { PlanRequest, RunPlan, StartRun } from '../../shared/runbooks/plan';
import type { RunState } from '../../shared/runbooks/run';
import { wait } from '../aws/wait';
import { failureOf } from './action-values';

export interface AutomaticRunsParts {
  list: () => Promise<RunbookListing>;
  plan: (request: PlanRequest, signal: AbortSignal) => Promise<RunPlan>;
  start: (command: StartRun) => Promise<RunState>;
  /** As it is when it has ended, or waits for a person. */
  rested: (runId: string) => Promise<RunState>;
  severityOf: (alarm: Alarm) => string;
  /** When it last ran by itself for this alarm and came to an end, in this start or an earlier one (ms). */
  lastRan: (runbookId: string, alarmKey: string) => Promise<number | null>;
  /** Why nothing of this connection can be read there now; null when it can. */
  unreadable: (connectionId: string, region: string) => string | null;
  /** Why a runbook that belongs to the alarm has not run. */
  missed: (alarm: Alarm, why: string) => void;
  clock: Clock;
  report: (problem: string) => void;
}

/** So many start within a minute; the others wait. */
const MOST_A_MINUTE = 6;
const MINUTE_MS = 60_000;
/** Alarms whose turn has not come; what fires beyond that gets no evidence. */
const MOST_WAITING = 50;
/** Evidence this late tells of another time (ms). */
const TOO_LATE_MS = 10 * MINUTE_MS;
/** An alarm that flaps is the same episode (ms). */
const AGAIN_AFTER_MS = 10 * MINUTE_MS;
const PLAN_MS = MINUTE_MS;
const MOST_REMEMBERED = 5_000;

interface Waiting {
  alarm: Alarm;
  since: number;
}

export class AutomaticRuns {
  private readonly waiting: Waiting[] = [];
  private busy = false;
  /** Said once, however many there are. */
  private overflowed = false;
  private readonly starts: number[] = [];
  /** By alarm and runbook: when it ran last (ms). */
  private readonly ran = new Map<string, number>();
  /** Runbooks that AWS has refused to answer, by connection and region. */
  private readonly denied = new Set<string>();
  private readonly stopped = new AbortController();

  constructor(private readonly parts: AutomaticRunsParts) {}

  /**
   * Never rejects; what fires again while it waits waits once. `since`: ms, where it began to fire before this start of
   * the console, which an earlier one did not live to look into.
   */
  fired(alarm: Alarm, since = this.parts.clock.now()): void {
    if (this.stopped.signal.aborted) return;
    if (this.waiting.some((one) => one.alarm.key === alarm.key)) return;
    if (this.waiting.length >= MOST_WAITING) {
      if (!this.overflowed) {
        this.parts.report(
          `More than ${MOST_WAITING} alarms began to fire at once: evidence is collected on the first of them.`,
        );
      }
      this.overflowed = true;
      return;
    }
    this.waiting.push({ alarm, since });
    if (!this.busy) void this.work();
  }

  /** What has begun is stopped with the other runs. */
  stop(): void {
    this.stopped.abort(new DOMException('', 'AbortError'));
    this.waiting.length = 0;
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      try {
        await this.runAll(next);
      } catch (error) {
        this.parts.report(`Runbooks did not run by themselves: ${failureOf(error).message}`);
      }
    }
    this.busy = false;
    this.overflowed = false;
  }

  private async runAll({ alarm, since }: Waiting): Promise<void> {
    const severity = this.parts.severityOf(alarm);
    const { entries } = await this.parts.list();
    for (const entry of entries) {
      const { runbook } = entry;
      if (runbook?.automatic !== true || !fitsAlarm(runbook.alarms, alarm, severity)) continue;
      if (this.stopped.signal.aborted) return;
      try {
        await this.one(entry, alarm, since);
      } catch (error) {
        if (this.stopped.signal.aborted) return;
        this.noteDenied(entry.id, alarm, [failureOf(error)]);
        this.miss(entry, alarm, failureOf(error).message);
      }
    }
  }

  private async one(entry: RunbookEntry, alarm: Alarm, since: number): Promise<void> {
    const { clock, unreadable } = this.parts;
    const { connectionId, region } = alarm;
    const key = `${entry.id}|${alarm.key}`;
    const last = this.ran.get(key) ?? (await this.parts.lastRan(entry.id, alarm.key)) ?? undefined;
    // A clock that was set back is no reason to leave an alarm alone.
    const ago = last === undefined ? Infinity : clock.now() - last;
    if (ago >= 0 && ago < AGAIN_AFTER_MS) return;
    const why = this.denied.has(placeOf(entry.id, alarm))
      ? 'AWS has refused it what it reads'
      : unreadable(connectionId, region);
    if (why !== null) return this.miss(entry, alarm, why);
    await this.turn();
    if (clock.now() - since > TOO_LATE_MS) return this.miss(entry, alarm, 'its turn came too late');
    this.remember(key);
    const plan = await this.planned(entry.id, alarm);
    const { runId } = await this.parts.start({
      ...requestOf(entry.id, alarm),
      commandId: randomUUID(),
      hash: plan.hash,
      typed: null,
      secondPerson: null,
    });
    const { steps } = await this.parts.rested(runId);
    this.noteDenied(
      entry.id,
      alarm,
      steps.flatMap(({ failure }) => failure ?? []),
    );
  }

  /** The file's check has seen to what it does; what runs unasked is looked at twice. */
  private async planned(runbookId: string, alarm: Alarm): Promise<RunPlan> {
    const signal = AbortSignal.any([AbortSignal.timeout(PLAN_MS), this.stopped.signal]);
    const plan = await this.parts.plan(requestOf(runbookId, alarm), signal);
    if (plan.class !== 'reads' || plan.steps.some((step) => step.class !== 'reads')) {
      throw new Error('it does more than read');
    }
    if (plan.steps.some(({ kind }) => kind === 'ask')) throw new Error('it asks a person');
    this.noteDenied(
      runbookId,
      alarm,
      plan.steps.flatMap(({ failure }) => failure ?? []),
    );
    const [problem] = plan.problems;
    if (problem !== undefined) throw new Error(problem);
    return plan;
  }

  /** What AWS refuses once it refuses again: it is not asked at each alarm. */
  private noteDenied(runbookId: string, alarm: Alarm, failures: readonly Failure[]): void {
    if (failures.some(({ kind }) => kind === 'denied')) this.denied.add(placeOf(runbookId, alarm));
  }

  private async turn(): Promise<void> {
    const { clock } = this.parts;
    for (;;) {
      const [oldest] = this.starts;
      const left = oldest === undefined ? 0 : oldest + MINUTE_MS - clock.now();
      // Nor to wait longer than a minute.
      if (oldest !== undefined && (left <= 0 || left > MINUTE_MS)) this.starts.shift();
      else if (this.starts.length < MOST_A_MINUTE) break;
      else await wait(clock, left, this.stopped.signal);
    }
    this.starts.push(clock.now());
  }

  private remember(key: string): void {
    this.ran.delete(key);
    this.ran.set(key, this.parts.clock.now());
    const [oldest] = this.ran.keys();
    if (this.ran.size > MOST_REMEMBERED && oldest !== undefined) this.ran.delete(oldest);
  }

  private miss({ name }: RunbookEntry, alarm: Alarm, why: string): void {
    this.parts.missed(alarm, `Runbook ${name} did not run by itself: ${why}`);
  }
}

const placeOf = (runbookId: string, { connectionId, region }: Alarm): string =>
  `${runbookId}|${connectionId}|${region}`;

const requestOf = (runbookId: string, alarm: Alarm): PlanRequest => ({
  runbookId,
  alarmKey: alarm.key,
  connectionId: alarm.connectionId,
  region: alarm.region,
  inputs: {},
  undoOf: null,
});
