import type { DemoScenario } from '../shared/ipc';
import { type Clock, systemClock } from '../shared/clock';
import { stockDashboards } from './dashboards/stock-dashboards';
import { stockResources } from './actions/stock';
import type { ChangeLog } from './actions/change-log';
import { Engine } from './engine';
import { stockLogs } from './logs/stock';
import type { StateValue } from './model';
import { populate, populateFleet } from './populate';
import { Scenarios } from './scenarios';
import { crm } from './systems/crm';
import { realtechee } from './systems/realtechee';
import type { Faults } from './wire/faults';
import type { RequestLog } from './wire/request-log';
import { DemoServer } from './wire/server';
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT, World } from './world';

export interface DemoOptions {
  /** Same seed, same metrics, noise and identifiers. Default 1. */
  seed?: number;
  /** Drives evaluation and scenarios. Default: the system's. */
  clock?: Clock;
  /** Demo time passes this many times as fast as the clock. Default 1. */
  speed?: number;
  /** Which systems are played. Default both. */
  systems?: ('crm' | 'realtechee')[];
  /** Demo time at the start, ms. Default: the clock's now. */
  startAt?: number;
  /** 0 (default): a free one. */
  port?: number;
  /** Generated alarms in the CRM's account and region, beside the system's own. */
  fleet?: { alarms: number };
  /** Records a minute in the CRM's log groups; the others follow in proportion. Default 2,000. */
  logsPerMinute?: number;
  /** Clock ms between two evaluations; Infinity evaluates on `tick` and `advance` only. Default 5,000. */
  evaluateEveryMs?: number;
  /** Run scenarios by itself, the first a few seconds after the start. Default false. */
  autoplay?: boolean;
  /** Queue bodies as SNS wraps them. Default false. */
  snsWrapped?: boolean;
}

export interface StateChange {
  state: StateValue;
  reason?: string;
  /** Default: the CRM's account in us-east-1, RealTechee's in us-west-1. */
  accountId?: string;
  /** Demo ms the alarm is not evaluated for. Default: until it is set again. */
  holdMs?: number;
}

export interface DemoAws {
  /** `http://127.0.0.1:port`. */
  readonly endpoint: string;
  readonly faults: Pick<Faults, 'set' | 'clear'>;
  readonly requests: RequestLog;
  /** Every call that changes something. */
  readonly changes: ChangeLog;
  readonly world: World;
  scenarios(): DemoScenario[];
  onScenarios(listener: (scenarios: DemoScenario[]) => void): () => void;
  /** Starts a scenario; one that runs is ended instead. Throws for an unknown id. */
  run(id: string): void;
  resolve(id: string): void;
  /** Demo time, ms. */
  now(): number;
  /** Evaluates everything once, now. */
  tick(): void;
  /** Moves demo time on by `ms`, evaluating every minute on the way. */
  advance(ms: number): void;
  /** Puts one alarm into a state, as SetAlarmState does. Throws for an unknown alarm. */
  setAlarmState(region: string, name: string, change: StateChange): void;
  /** Puts `count` alarms of a region into ALARM at once and keeps them there; answers their names. */
  storm(region: string, count: number): string[];
  /** URL of the queue that gets a region's alarm state changes. */
  queueUrl(region: string): string;
  stop(): Promise<void>;
}

/** Starts the embedded AWS on a loopback port. */
export async function startDemo(options: DemoOptions = {}): Promise<DemoAws> {
  const clock = options.clock ?? systemClock;
  const speed = options.speed ?? 1;
  const startedAt = clock.now();
  const startAt = options.startAt ?? startedAt;
  let shift = 0;
  const now = (): number => startAt + (clock.now() - startedAt) * speed + shift;
  const world = new World(options.seed ?? 1, now);
  for (const system of [crm, realtechee]) {
    const name = system === crm ? 'crm' : 'realtechee';
    const region = world.region(system.accountId, system.region);
    region.queue.snsWrapped = options.snsWrapped ?? false;
    if ((options.systems ?? ['crm', 'realtechee']).includes(name)) {
      populate(region, system, startAt);
      stockResources(region, name, startAt);
      stockLogs(region, world.seed, startAt, options.logsPerMinute);
    }
  }
  stockDashboards(world.dashboards, startAt);
  if (options.fleet !== undefined) {
    populateFleet(world.region(CRM_ACCOUNT, 'us-east-1'), options.fleet.alarms, startAt);
  }
  const engine = new Engine(world);
  engine.settle(startAt);
  world.onTouched = (region) => engine.evaluateComposites(region, now());
  const scenarios = new Scenarios(world, speed);
  world.releases.onRemedy = (scenario, at) => scenarios.remedy(scenario, at);
  const server = new DemoServer(world);
  const endpoint = await server.listen(options.port ?? 0);
  const step = (): void => {
    for (const region of world.all()) region.resources.settle(now());
    scenarios.advance(now());
    engine.evaluate(now());
  };
  const cancel = repeat(clock, options.evaluateEveryMs ?? 5000, step);
  if (options.autoplay === true) scenarios.autoplay(now());

  const regionOf = (name: string, accountId?: string) =>
    world.region(accountId ?? (name === 'us-west-1' ? REALTECHEE_ACCOUNT : CRM_ACCOUNT), name);
  const setAlarmState = (regionName: string, name: string, change: StateChange): void => {
    const region = regionOf(regionName, change.accountId);
    const alarm = region.find(name);
    if (alarm === undefined) throw new Error(`the demo has no alarm ${name} in ${regionName}`);
    alarm.heldUntil = now() + (change.holdMs ?? Infinity);
    const reason = change.reason ?? `Set to ${change.state} by the demo`;
    region.transition(alarm, { state: change.state, reason, reasonData: null }, now());
    engine.evaluateComposites(region, now());
  };
  return {
    endpoint,
    faults: server.faults,
    requests: server.requests,
    changes: world.changes,
    world,
    scenarios: () => scenarios.list(),
    onScenarios: (listener) => scenarios.onChange(listener),
    run: (id) => scenarios.toggle(id, now()),
    resolve: (id) => scenarios.resolve(id, now()),
    now,
    tick: step,
    advance(ms) {
      for (let left = ms; left > 0; left -= 60_000) {
        shift += Math.min(left, 60_000);
        step();
      }
    },
    setAlarmState,
    storm(regionName, count) {
      const region = regionOf(regionName);
      const chosen = region
        .sortedAlarms()
        .filter((alarm) => alarm.kind === 'metric' && alarm.state !== 'ALARM')
        .slice(0, count);
      const reason = 'Threshold Crossed: 1 datapoint was greater than the threshold';
      for (const alarm of chosen) {
        alarm.heldUntil = Infinity;
        region.transition(alarm, { state: 'ALARM', reason, reasonData: null }, now());
      }
      engine.evaluateComposites(region, now());
      return chosen.map((alarm) => alarm.name);
    },
    queueUrl: (name) => `${endpoint}/${regionOf(name).accountId}/nightdesk-alarm-events`,
    async stop() {
      cancel();
      await server.stop();
    },
  };
}

function repeat(clock: Clock, everyMs: number, task: () => void): () => void {
  if (!Number.isFinite(everyMs)) return () => undefined;
  let cancel = (): void => undefined;
  const arm = (): void => {
    cancel = clock.after(everyMs, () => {
      task();
      arm();
    });
  };
  arm();
  return () => cancel();
}
