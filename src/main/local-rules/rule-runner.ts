import type { AlarmState, AlarmTransition } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { Failure } from '../../shared/failure';
import { FailureError } from '../../shared/failure';
import { advanceRule, reasonText, readWindow } from '../../shared/local-rules/evaluate';
import type { RuleState } from '../../shared/local-rules/evaluate';
import { localKey } from '../../shared/local-rules/local-key';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import { standingOf } from '../../shared/local-rules/rule-alarm';
import type { RuleStanding } from '../../shared/local-rules/rule-alarm';
import { Repeater } from '../alarms/repeater';
import type { MetricService } from '../seams';
import { readSeries } from './rule-reader';

/** An answer that takes longer than this is none: the next round asks anew. */
const ANSWER_WITHIN_MS = 25_000;

export interface RuleRunnerParts {
  metrics: Pick<MetricService, 'query'>;
  clock: Clock;
  /** The rule's new standing and, when it changed its state, that change. */
  tell(rule: LocalRule, standing: RuleStanding, transition: AlarmTransition | null): void;
}

/** Evaluates one rule at its own pace. Rounds never overlap; a failure is only this rule's. */
export class RuleRunner {
  private readonly repeater: Repeater;
  private state: RuleState | null = null;
  /** The state an earlier run of the console left it in. */
  private readonly inherited: { state: AlarmState; since: number } | null;
  standing: RuleStanding;

  constructor(
    readonly rule: LocalRule,
    private readonly parts: RuleRunnerParts,
    before: { state: AlarmState; since: number } | null,
  ) {
    this.inherited = before;
    const now = parts.clock.now();
    this.standing = {
      state: before?.state ?? 'INSUFFICIENT_DATA',
      since: before?.since ?? now,
      evaluatedAt: now,
      reason: 'Not evaluated yet.',
      value: null,
      blindSince: null,
    };
    this.repeater = new Repeater(parts.clock, (signal) => this.round(signal));
  }

  /** Evaluates now, then goes on at its pace; also after sleep, where it catches nothing up. */
  start(): void {
    void this.repeater.restart();
  }

  stop(): Promise<void> {
    return this.repeater.pause();
  }

  private async round(signal: AbortSignal): Promise<number> {
    const { clock } = this.parts;
    const everyMs = this.rule.everySeconds * 1000;
    try {
      await this.evaluate(signal);
    } catch (cause) {
      if (!signal.aborted) this.failed(failureOf(cause, this.rule));
    }
    // Rules of one pace meet at the same instant, so that their queries share a call.
    const left = everyMs - (clock.now() % everyMs);
    return left < everyMs / 4 ? left + everyMs : left;
  }

  private async evaluate(stopped: AbortSignal): Promise<void> {
    const { metrics, clock } = this.parts;
    const late = new AbortController();
    const cancel = clock.after(ANSWER_WITHIN_MS, () => late.abort());
    try {
      const signal = AbortSignal.any([stopped, late.signal]);
      const asked = readSeries(metrics, this.rule, clock.now(), 'due', signal);
      const series = await Promise.race([asked, aborted(signal, this.rule)]);
      if (stopped.aborted) return;
      const now = clock.now();
      const reading = readWindow(this.rule, series, now);
      this.enter(advanceRule(this.rule, this.before(), reading.value, now), reading.label);
    } finally {
      cancel();
    }
  }

  private before(): RuleState | null {
    if (this.state !== null || this.inherited === null) return this.state;
    const { state, since } = this.inherited;
    // A condition that was pending before the restart begins anew: nobody saw it meanwhile.
    return { state, since, pendingSince: null, value: null, evaluatedAt: since };
  }

  private enter(state: RuleState, label: string | null): void {
    const before = this.before();
    this.state = state;
    this.standing = standingOf(state, reasonText(this.rule, state, label));
    const changed = before?.state !== state.state;
    // Being fine when first looked at is no news.
    const isNews = changed && !(before === null && state.state !== 'ALARM');
    this.parts.tell(
      this.rule,
      this.standing,
      isNews ? this.transition(before?.state ?? null, state) : null,
    );
  }

  private transition(from: AlarmState | null, { state, since }: RuleState): AlarmTransition {
    return ruleTransition(this.rule, { from, to: state, at: since, reason: this.standing.reason });
  }

  /** The state stands as it was, and is said to be old: nothing known is never shown as fine. */
  private failed({ message, advice }: Failure): void {
    const { standing } = this;
    const blindSince = standing.blindSince ?? standing.evaluatedAt;
    this.standing = { ...standing, blindSince, reason: `${message} ${advice}`.trim() };
    this.parts.tell(this.rule, this.standing, null);
  }
}

export interface RuleChange {
  from: AlarmState | null;
  to: AlarmState;
  /** ms */
  at: number;
  reason: string;
}

export function ruleTransition(
  rule: Pick<LocalRule, 'id' | 'name' | 'connectionId' | 'region' | 'severity'>,
  { from, to, at, reason }: RuleChange,
): AlarmTransition {
  const alarmKey = localKey(rule.id);
  return {
    id: `${alarmKey}|${to}|${at}`,
    alarmKey,
    connectionId: rule.connectionId,
    alarmName: rule.name,
    region: rule.region,
    kind: 'metric',
    severity: rule.severity,
    from,
    to,
    at,
    seenAt: at,
    reason,
    source: 'local',
    observed: true,
  };
}

function failureOf(cause: unknown, rule: LocalRule): Failure {
  if (cause instanceof FailureError) return cause.failure;
  return {
    kind: 'unknown',
    connectionId: rule.connectionId,
    operation: 'localRules',
    message: cause instanceof Error ? cause.message : String(cause),
    advice: '',
  };
}

/** Rejects once aborted, so that a service that does not listen cannot hold the rule up. */
function aborted(signal: AbortSignal, rule: LocalRule): Promise<never> {
  return new Promise((_resolve, reject) => {
    const refuse = (): void =>
      reject(
        new FailureError({
          kind: 'timed-out',
          connectionId: rule.connectionId,
          operation: 'GetMetricData',
          message: 'The metric query was not answered in time.',
          advice: 'It is asked again in the next round.',
        }),
      );
    if (signal.aborted) refuse();
    else signal.addEventListener('abort', refuse, { once: true });
  });
}
