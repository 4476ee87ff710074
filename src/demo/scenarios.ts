import type { DemoScenario } from '../shared/ipc';
import { type DeploymentPhase, publishDeployment } from './deployments';
import { type Effect, metricKey } from './metrics/metric-source';
import { scripts, type Script } from './systems/scripts';
import type { World } from './world';

const MINUTE = 60_000;

/**
 * Minutes: how far back the metrics recover when somebody has taken the cause away: as incidents begin with a lead-in, they end
 * with one, so that an alarm over five minutes of data sees the end within a minute.
 */
const RECOVERY_LEAD = 5;

/** How long a release takes. */
const RELEASE_MS = 4 * MINUTE;

interface Running {
  script: Script;
  effects: { region: { accountId: string; name: string }; effect: Effect }[];
  endsAt: number;
}

/** Runs the scripted incidents. What a script writes shows up in stages, with a lead-in that lies in the past, so that
 * an alarm over ten minutes of data crosses within seconds of the start. */
export class Scenarios {
  private readonly running = new Map<string, Running>();
  private readonly listeners = new Set<(scenarios: DemoScenario[]) => void>();
  private queue: { id: string; at: number }[] = [];
  /** Releases that are being taken back, and when that is done. */
  private finishing: { script: Script; at: number }[] = [];
  private releases = 400;

  constructor(
    private readonly world: World,
    private readonly speed: number,
  ) {}

  list(): DemoScenario[] {
    return scripts.map(({ id, title, description }) => ({
      id,
      title,
      description,
      running: this.running.has(id),
    }));
  }

  onChange(listener: (scenarios: DemoScenario[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Starts a scenario, or ends it when it runs. Throws for an unknown id. */
  toggle(id: string, now: number): void {
    if (this.running.has(id)) this.resolve(id, now);
    else this.start(scriptOf(id), now);
  }

  /** The metrics recover from now on. */
  resolve(id: string, now: number): void {
    const running = this.end(id, now);
    if (running === undefined) return;
    this.world.releases.end(id, now);
    // The release before comes back.
    this.release(running.script, 'started', now);
    this.finishing.push({ script: running.script, at: now + RELEASE_MS });
    this.tell();
  }

  /** Somebody has taken the cause away; what they did has told of itself. */
  remedy(id: string, now: number): void {
    if (
      this.end(id, now - (scriptOf(id).recoveryLeadMinutes ?? RECOVERY_LEAD) * MINUTE) === undefined
    )
      return;
    this.world.releases.forget(id);
    this.tell();
  }

  private end(id: string, recoveredAt: number): Running | undefined {
    const running = this.running.get(id);
    if (running === undefined) return undefined;
    for (const { region, effect } of running.effects) {
      this.world.region(region.accountId, region.name).metrics.endEffects([effect], recoveredAt);
    }
    this.running.delete(id);
    return running;
  }

  /** Every script once, the first at once, the others some minutes apart. */
  autoplay(now: number): void {
    this.queue = scripts.map((script, index) => ({
      id: script.id,
      at: now + (2000 + index * 4 * MINUTE) * this.speed,
    }));
  }

  /** Starts what is due and ends what has run its time. */
  advance(now: number): void {
    for (const [id, running] of this.running) if (now >= running.endsAt) this.resolve(id, now);
    const finished = this.finishing.filter((release) => release.at <= now);
    this.finishing = this.finishing.filter((release) => release.at > now);
    for (const { script, at } of finished) this.release(script, 'finished', at);
    const due = this.queue.filter((entry) => entry.at <= now);
    this.queue = this.queue.filter((entry) => entry.at > now);
    for (const { id } of due) if (!this.running.has(id)) this.start(scriptOf(id), now);
  }

  private start(script: Script, now: number): void {
    const endsAt = now + script.minutes * MINUTE;
    const region = this.world.region(script.accountId, script.region);
    const effects = script.effects.map(
      ({ metric, change, afterSeconds, leadMinutes, rampMinutes }) => {
        const effect: Effect = {
          key: metricKey(metric.namespace, metric.metricName, metric.dimensions),
          startMs: now - leadMinutes * MINUTE,
          rampMs: rampMinutes * MINUTE,
          endMs: endsAt,
          visibleFrom: now + afterSeconds * 1000 * this.speed,
          change,
        };
        region.metrics.addEffect(effect);
        return { region: { accountId: script.accountId, name: script.region }, effect };
      },
    );
    this.running.set(script.id, { script, effects, endsAt });
    this.world.releases.begin(script.id, now);
    const releasedAt = now - (script.deployment?.leadMinutes ?? 0) * MINUTE;
    this.release(script, 'started', releasedAt - RELEASE_MS);
    this.release(script, 'finished', releasedAt);
    this.tell();
  }

  /** Tells of a script's deployment, if it has one; a start counts a new release. */
  private release(script: Script, phase: DeploymentPhase, at: number): void {
    if (script.deployment === undefined) return;
    if (phase === 'started') this.releases += 1;
    const region = this.world.region(script.accountId, script.region);
    publishDeployment(region, script.deployment.of, phase, this.releases, at);
  }

  private tell(): void {
    for (const listener of this.listeners) listener(this.list());
  }
}

function scriptOf(id: string): Script {
  const script = scripts.find((candidate) => candidate.id === id);
  if (script === undefined) throw new Error(`the demo has no scenario ${id}`);
  return script;
}
