/**
 * The alert rules that the console evaluates itself, as alarms beside CloudWatch's. They change by the same
 * kind of update, so incidents and the list treat them as any other.
 */
import type { Alarm, AlarmState, AlarmTransition } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import { conditionText, holds, readWindow, roundedText } from '../../shared/local-rules/evaluate';
import { isLocalKey, localKey } from '../../shared/local-rules/local-key';
import type { LocalRule, LocalRuleTest } from '../../shared/local-rules/local-rule';
import { ruleAlarm } from '../../shared/local-rules/rule-alarm';
import type { RuleStanding } from '../../shared/local-rules/rule-alarm';
import type { AlarmUpdate, MetricService, SettingsStore } from '../seams';
import { readSeries } from './rule-reader';
import { RuleRunner, ruleTransition } from './rule-runner';

export interface LocalRuleParts {
  metrics: Pick<MetricService, 'query'>;
  settings: Pick<SettingsStore, 'get' | 'onChange'>;
  clock: Clock;
  /** What earlier runs journalled; only those of local rules are looked at. */
  seed: Iterable<AlarmTransition>;
  /** Account of a connection as far as known, else empty. */
  accountOf(connectionId: string): string;
  report(problem: string): void;
}

type Listener = (update: AlarmUpdate) => void | Promise<void>;

export class LocalRuleService {
  private readonly known = new Map<string, Alarm>();
  private readonly runners = new Map<string, RuleRunner>();
  /** Newest journalled change by alarm key. */
  private readonly last = new Map<string, AlarmTransition>();
  private readonly listeners = new Set<Listener>();
  private stopListening: (() => void) | null = null;
  private awake = true;

  constructor(private readonly parts: LocalRuleParts) {
    for (const transition of parts.seed) {
      if (!isLocalKey(transition.alarmKey)) continue;
      const newest = this.last.get(transition.alarmKey);
      if (newest === undefined || newest.at <= transition.at) {
        this.last.set(transition.alarmKey, transition);
      }
    }
  }

  /** Enabled rules, by alarm key. */
  get alarms(): ReadonlyMap<string, Alarm> {
    return this.known;
  }

  onUpdate(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Listeners must be there: rules that went while the console was closed are told of at once. */
  start(): void {
    this.apply(this.parts.settings.get().localRules);
    this.stopListening = this.parts.settings.onChange((now, before) => {
      if (now.localRules !== before.localRules) this.apply(now.localRules);
    });
  }

  /** The machine sleeps: nothing is asked until it wakes. */
  suspend(): void {
    this.awake = false;
    for (const runner of this.runners.values()) void runner.stop();
  }

  /** One evaluation each, whatever was missed. */
  resume(): void {
    this.awake = true;
    for (const runner of this.runners.values()) runner.start();
  }

  async stop(): Promise<void> {
    this.stopListening?.();
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()));
    this.runners.clear();
  }

  /** Tries a rule once against what AWS answers now; rejects with a `FailureError`. Changes nothing. */
  async test(rule: LocalRule, signal: AbortSignal): Promise<LocalRuleTest> {
    const { metrics, clock } = this.parts;
    const now = clock.now();
    const series = await readSeries(metrics, rule, now, 'now', signal);
    const { value, label } = readWindow(rule, series, now);
    const condition = `The rule asks for: ${conditionText(rule)}`;
    if (value === null) {
      const firing = rule.noData === 'alarm';
      return {
        sentence: `There is no data in the window. ${condition}; without data it ${noDataWords(rule)}.`,
        value,
        holds: firing,
      };
    }
    const held = holds(rule, value);
    const of = label === null ? '' : ` (${label})`;
    const lasting = rule.forSeconds === 0 ? 'would fire' : 'would fire if that lasts';
    return {
      sentence: `The value is ${roundedText(value)}${of}. ${condition}: it ${held ? lasting : 'would not fire'}.`,
      value,
      holds: held,
    };
  }

  private apply(rules: readonly LocalRule[]): void {
    const wanted = new Map(rules.filter(({ enabled }) => enabled).map((rule) => [rule.id, rule]));
    for (const runner of [...this.runners.values()]) {
      const rule = wanted.get(runner.rule.id);
      if (rule === undefined || changed(rule, runner.rule)) {
        this.runners.delete(runner.rule.id);
        void runner.stop();
      }
    }
    const gone = [...this.last.values()].filter(
      ({ alarmKey }) => !wanted.has(alarmKey.slice(localKey('').length)),
    );
    const removedKeys = [...this.known.keys()].filter(
      (key) => !wanted.has(key.slice(localKey('').length)),
    );
    for (const key of removedKeys) this.known.delete(key);
    this.tellUpdate(
      [],
      removedKeys,
      gone.flatMap((last) => this.closing(last)),
    );
    for (const rule of wanted.values()) if (!this.runners.has(rule.id)) this.begin(rule);
  }

  private begin(rule: LocalRule): void {
    const last = this.last.get(localKey(rule.id));
    const before = last === undefined ? null : { state: last.to, since: last.at };
    const { metrics, clock } = this.parts;
    const runner = new RuleRunner(
      rule,
      { metrics, clock, tell: (...told) => this.told(...told) },
      before,
    );
    this.runners.set(rule.id, runner);
    this.told(rule, runner.standing, null);
    if (this.awake) runner.start();
  }

  private told(rule: LocalRule, standing: RuleStanding, transition: AlarmTransition | null): void {
    const alarm = ruleAlarm(rule, standing, this.parts.accountOf(rule.connectionId));
    this.known.set(alarm.key, alarm);
    if (transition !== null) this.last.set(alarm.key, transition);
    this.tellUpdate([alarm], [], transition === null ? [] : [transition]);
  }

  /** Nothing watches a rule that is gone, so its incident must not stay open. */
  private closing(last: AlarmTransition): AlarmTransition[] {
    this.last.delete(last.alarmKey);
    const open: AlarmState[] = ['ALARM', 'INSUFFICIENT_DATA'];
    if (!open.includes(last.to)) return [];
    const id = last.alarmKey.slice(localKey('').length);
    const change = {
      from: last.to,
      to: 'OK',
      at: this.parts.clock.now(),
      reason: 'The rule was switched off or deleted, so nothing is watched any more.',
    } as const;
    return [ruleTransition({ ...last, id, name: last.alarmName }, change)];
  }

  private tellUpdate(
    upserted: Alarm[],
    removedKeys: string[],
    transitions: AlarmTransition[],
  ): void {
    if (upserted.length + removedKeys.length + transitions.length === 0) return;
    const update = { upserted, removedKeys, transitions, receivedAt: this.parts.clock.now() };
    for (const listener of this.listeners) {
      Promise.resolve(listener(update)).catch((cause: unknown) =>
        this.parts.report(`A change of a local rule was not taken: ${String(cause)}`),
      );
    }
  }
}

const changed = (a: LocalRule, b: LocalRule): boolean => JSON.stringify(a) !== JSON.stringify(b);

function noDataWords(rule: LocalRule): string {
  switch (rule.noData) {
    case 'ok':
      return 'counts as fine';
    case 'alarm':
      return 'fires';
    case 'no-data':
      return 'says that data is missing';
    case 'keep':
      return 'stays as it was';
  }
}
