import type { Alarm, AlarmState, AlarmTransition } from '../../shared/alarms/alarm';
import type { Severity } from '../../shared/severity/severity';
import type { Sighting } from './from-aws';
import { TransitionLog } from './transition-log';
import type { Claim } from './transition-log';

/** A change of state as history or the push queue tells it. Times ms UTC. */
export interface ToldChange {
  from: AlarmState | null;
  to: AlarmState;
  at: number;
  reason: string;
  reasonData: string | null;
  source: 'history' | 'push';
}

/** What observations changed; collected over one answer and told as one update. */
export class Changes {
  readonly upserted = new Map<string, Alarm>();
  readonly removed = new Set<string>();
  readonly transitions: AlarmTransition[] = [];
  /** A change went by unseen: history knows what happened between. */
  gap = false;

  get empty(): boolean {
    return this.upserted.size + this.removed.size + this.transitions.length === 0;
  }
}

/**
 * What is known of one connection's region. Answers may come late, twice or in the wrong order: each is
 * a claim about when an alarm came into a state, and only a claim not known yet is a transition. The
 * alarm's state is that of its newest change, by CloudWatch's time.
 */
export class RegionBook {
  private readonly logs = new Map<string, TransitionLog>();
  private readonly keyByName = new Map<string, string>();
  private readonly tags = new Map<string, Record<string, string>>();

  constructor(
    /** The service's map of everything; this book writes its own region's alarms into it. */
    private readonly alarms: Map<string, Alarm>,
    private readonly severityOf: (alarm: Alarm) => Severity,
  ) {}

  /** What earlier runs already saw and journalled. */
  seed(transitions: Iterable<AlarmTransition>): void {
    for (const { id, alarmKey, to, at, source } of transitions) {
      const log = this.logOf(alarmKey);
      const claim = { to, at, source };
      const known = log.match(claim);
      if (known === undefined) log.add(id, claim, true);
      else log.witnessed(known, claim);
    }
  }

  /** Takes over an alarm that a former watch of the same region already showed. */
  adopt(alarm: Alarm): void {
    this.keyByName.set(alarm.name, alarm.key);
    if (alarm.tags !== null) this.tags.set(alarm.key, alarm.tags);
    const log = this.logOf(alarm.key);
    const claim: Claim = { to: alarm.state, at: alarm.stateTransitionedAt, source: 'sweep' };
    if (log.match(claim) === undefined) log.add(changeId(alarm.key, claim), claim, false);
  }

  keys(): IterableIterator<string> {
    return this.keyByName.values();
  }

  /** Seen by an earlier run, but not (yet) by this one. */
  unseenKeys(): string[] {
    return [...this.logs.keys()].filter((key) => !this.alarms.has(key));
  }

  counts(): { alarms: number; firing: number } {
    let firing = 0;
    for (const key of this.keyByName.values()) {
      if (this.alarms.get(key)?.state === 'ALARM') firing += 1;
    }
    return { alarms: this.keyByName.size, firing };
  }

  get(key: string): Alarm | undefined {
    return this.alarms.get(key);
  }

  byName(name: string): Alarm | undefined {
    const key = this.keyByName.get(name);
    return key === undefined ? undefined : this.alarms.get(key);
  }

  hasTags(key: string): boolean {
    return this.tags.has(key);
  }

  setTags(key: string, tags: Record<string, string>, changes: Changes): void {
    this.tags.set(key, tags);
    const alarm = this.alarms.get(key);
    if (alarm !== undefined) this.store({ ...alarm, tags }, changes);
  }

  /** An alarm as DescribeAlarms shows it. */
  observe(
    { alarm: seen, dated }: Sighting,
    source: 'poll' | 'sweep',
    receivedAt: number,
    changes: Changes,
  ): void {
    const alarm = { ...seen, tags: this.tags.get(seen.key) ?? null };
    const log = this.logOf(alarm.key);
    const claim: Claim = { to: alarm.state, at: alarm.stateTransitionedAt, source };
    const { latest } = log;
    if (latest === undefined) {
      const told = alarm.state === 'ALARM';
      log.add(changeId(alarm.key, claim), claim, told);
      this.store(alarm, changes);
      if (told) this.tell(alarm, claim, null, false, receivedAt, alarm.stateReason, changes);
      return;
    }
    if (!dated && latest.to === alarm.state) {
      this.store({ ...alarm, stateTransitionedAt: latest.at }, changes);
      return;
    }
    const known = log.match(claim);
    if (known !== undefined) {
      log.witnessed(known, claim);
      if (known === latest) this.store(alarm, changes);
      return;
    }
    const newer = claim.at >= latest.at;
    if (newer) this.store(alarm, changes);
    const from = log.before(claim.at);
    // The same state at a new time: it left and came back between two looks.
    if (from === alarm.state) changes.gap = true;
    const told = alarm.state === 'ALARM' || (newer && from !== alarm.state);
    log.add(changeId(alarm.key, claim), claim, told);
    if (!told) return;
    const fromShown = from === alarm.state ? null : from;
    this.tell(alarm, claim, fromShown, true, receivedAt, alarm.stateReason, changes);
    if (!newer) this.closeAgain(alarm, log, receivedAt, changes);
  }

  /** A change that history or the push queue tells of an alarm this book holds. */
  apply(key: string, change: ToldChange, receivedAt: number, changes: Changes): void {
    const alarm = this.alarms.get(key);
    if (alarm === undefined) return;
    const log = this.logOf(key);
    const claim: Claim = { to: change.to, at: change.at, source: change.source };
    const known = log.match(claim);
    if (known !== undefined) {
      log.witnessed(known, claim);
      // First sight was not news by itself; as the end of an episode told since then, it is.
      if (known.told || log.before(known.at) !== 'ALARM') return;
      known.told = true;
      const at = { ...claim, at: known.at };
      this.tell(alarm, at, 'ALARM', true, receivedAt, change.reason, changes);
      return;
    }
    const newer = log.latest === undefined || claim.at >= log.latest.at;
    const from = change.from ?? log.before(claim.at);
    log.add(changeId(key, claim), claim, true);
    if (newer) this.store(withChange(alarm, change), changes);
    this.tell(alarm, claim, from, true, receivedAt, change.reason, changes);
    if (!newer && change.to === 'ALARM') this.closeAgain(alarm, log, receivedAt, changes);
  }

  /** Forgets an alarm that is gone. Its last ALARM is remembered in case an answer left it out by mistake. */
  remove(key: string, changes: Changes): void {
    const alarm = this.alarms.get(key);
    if (alarm !== undefined && this.keyByName.get(alarm.name) === key) {
      this.keyByName.delete(alarm.name);
    }
    if (this.logs.get(key)?.latest?.to !== 'ALARM' || alarm === undefined) this.logs.delete(key);
    this.alarms.delete(key);
    this.tags.delete(key);
    changes.upserted.delete(key);
    changes.removed.add(key);
  }

  /** An ALARM told late is over already: say so once more, or its incident would stay open. */
  private closeAgain(alarm: Alarm, log: TransitionLog, seenAt: number, changes: Changes): void {
    const { latest } = log;
    if (latest === undefined || latest.to === 'ALARM') return;
    const id = latest.told ? `${latest.id}+` : latest.id;
    latest.told = true;
    changes.transitions.push({
      ...this.transition(alarm, { to: latest.to, at: latest.at, source: 'history' }, seenAt),
      id,
      from: 'ALARM',
    });
  }

  private tell(
    alarm: Alarm,
    claim: Claim,
    from: AlarmState | null,
    observed: boolean,
    seenAt: number,
    reason: string,
    changes: Changes,
  ): void {
    changes.transitions.push({ ...this.transition(alarm, claim, seenAt), from, observed, reason });
  }

  private transition(alarm: Alarm, claim: Claim, seenAt: number): AlarmTransition {
    const { key, connectionId, name, region, kind } = alarm;
    return {
      id: changeId(key, claim),
      alarmKey: key,
      connectionId,
      alarmName: name,
      region,
      kind,
      severity: this.severityOf(alarm),
      from: null,
      to: claim.to,
      at: claim.at,
      seenAt,
      reason: '',
      source: claim.source,
      observed: true,
    };
  }

  private store(alarm: Alarm, changes: Changes): void {
    const previous = this.alarms.get(alarm.key);
    this.keyByName.set(alarm.name, alarm.key);
    if (previous !== undefined && sameAlarm(previous, alarm)) return;
    this.alarms.set(alarm.key, alarm);
    changes.removed.delete(alarm.key);
    changes.upserted.set(alarm.key, alarm);
  }

  private logOf(key: string): TransitionLog {
    const known = this.logs.get(key);
    if (known !== undefined) return known;
    const log = new TransitionLog();
    this.logs.set(key, log);
    return log;
  }
}

const changeId = (key: string, claim: { to: AlarmState; at: number }): string =>
  `${key}|${claim.to}|${claim.at}`;

const withChange = (alarm: Alarm, change: ToldChange): Alarm => ({
  ...alarm,
  state: change.to,
  stateReason: change.reason,
  stateReasonData: change.reasonData,
  stateUpdatedAt: change.at,
  stateTransitionedAt: change.at,
});

/** CloudWatch stamps every change of configuration or state, so a few fields decide. */
const sameAlarm = (a: Alarm, b: Alarm): boolean =>
  a.state === b.state &&
  a.stateUpdatedAt === b.stateUpdatedAt &&
  a.stateTransitionedAt === b.stateTransitionedAt &&
  a.stateReason === b.stateReason &&
  a.configurationUpdatedAt === b.configurationUpdatedAt &&
  a.actionsEnabled === b.actionsEnabled &&
  a.tags === b.tags;
