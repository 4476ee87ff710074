import type { RegionStore } from '../region';
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT } from '../accounts';
import type { World } from '../world';
import { place, primaryOf, registerRevision, serviceKey } from './deploy';
import type { DemoFunction, DemoService } from './resources';

/** What a scenario rests on: the service and the functions that run it, and what makes it go away. */
interface Release {
  accountId: string;
  region: string;
  service: readonly [cluster: string, name: string];
  functions: readonly string[];
  /** Demo minutes before the scenario's start it went out; null: nothing new did, what ran before has gone wrong. */
  leadMinutes: number | null;
  /** Restarting its tasks ends the incident; putting the release before back does in any case. */
  restartHelps: boolean;
}

/** The alias requests come through. */
export const LIVE = 'live';

const releases: Readonly<Record<string, Release>> = {
  'bad-deployment': {
    accountId: REALTECHEE_ACCOUNT,
    region: 'us-west-1',
    service: ['realtechee-production', 'realtechee-web'],
    functions: ['RealTechee-notification-processor'],
    leadMinutes: 14,
    restartHelps: false,
  },
  'connection-leak': {
    accountId: CRM_ACCOUNT,
    region: 'us-east-1',
    service: ['crm-production', 'crm-core-service'],
    functions: [],
    leadMinutes: 23,
    restartHelps: true,
  },
  'lead-conversion-silent': {
    accountId: CRM_ACCOUNT,
    region: 'us-east-1',
    service: ['crm-production', 'crm-analytics-service'],
    functions: [],
    leadMinutes: null,
    // The lock of the worker that is gone is let go.
    restartHelps: true,
  },
};

interface Bad {
  scenario: string;
  release: Release;
  /** Null where no release is to blame. */
  taskDefinition: string | null;
  /** The version each function's alias points to since. */
  versions: ReadonlyMap<string, string>;
}

/** The releases behind incidents: which revision and version is the bad one, and who ends what when it is gone. */
export class Releases {
  private readonly bad = new Map<string, Bad>();
  /** Told when something a person did has taken a scenario's cause away. */
  onRemedy: (scenario: string, at: number) => void = () => undefined;

  constructor(private readonly world: World) {}

  /** A scenario has begun: its release is out. */
  begin(scenario: string, at: number): void {
    const release = releases[scenario];
    if (release === undefined || this.bad.has(scenario)) return;
    const { region, service } = this.find(release);
    if (service === undefined) return;
    if (release.leadMinutes === null) {
      this.bad.set(scenario, { scenario, release, taskDefinition: null, versions: new Map() });
      return;
    }
    const since = at - release.leadMinutes * 60_000;
    const taskDefinition = registerRevision(region, service.family);
    place(region, service, taskDefinition, since);
    const versions = new Map<string, string>();
    for (const name of release.functions) {
      const one = region.resources.functions.get(name);
      if (one !== undefined) versions.set(name, publishVersion(region, one, since));
    }
    this.bad.set(scenario, { scenario, release, taskDefinition, versions });
  }

  /** A scenario is over: what still runs its release runs the one before again. */
  end(scenario: string, at: number): void {
    const bad = this.bad.get(scenario);
    if (bad === undefined) return;
    this.bad.delete(scenario);
    const { region, service } = this.find(bad.release);
    const { taskDefinition } = bad;
    if (service !== undefined && taskDefinition !== null) {
      const runs = primaryOf(service).taskDefinition === taskDefinition;
      if (runs) place(region, service, before(region, taskDefinition), at);
    }
    for (const [name, version] of bad.versions) {
      const alias = region.resources.functions.get(name)?.aliases.get(LIVE);
      if (alias?.version === version) pointTo(region, alias, String(Number(version) - 1));
    }
  }

  /** A scenario is over because somebody has acted: what they have put there stays. */
  forget(scenario: string): void {
    this.bad.delete(scenario);
  }

  /** A deployment is complete. `restarted`: of the task definition that ran before as well. */
  deployed(region: RegionStore, service: DemoService, restarted: boolean, at: number): void {
    for (const { scenario, release, taskDefinition } of this.bad.values()) {
      const found = this.find(release);
      if (found.region !== region || found.service !== service) continue;
      const gone = taskDefinition !== null && primaryOf(service).taskDefinition !== taskDefinition;
      if (gone || (restarted && release.restartHelps)) this.onRemedy(scenario, at);
    }
  }

  /** An alias points elsewhere now. */
  repointed(region: RegionStore, one: DemoFunction, at: number): void {
    for (const { scenario, release, versions } of this.bad.values()) {
      if (this.find(release).region !== region) continue;
      const version = versions.get(one.name);
      if (version === undefined || one.aliases.get(LIVE)?.version === version) continue;
      this.onRemedy(scenario, at);
    }
  }

  /** The version of a function is the one an incident came with. */
  isBad(region: RegionStore, name: string, version: string): boolean {
    return [...this.bad.values()].some(
      ({ release, versions }) =>
        this.find(release).region === region && versions.get(name) === version,
    );
  }

  /** A world of some tests has no services. */
  private find(release: Release): { region: RegionStore; service: DemoService | undefined } {
    const region = this.world.region(release.accountId, release.region);
    const service = region.resources.services.get(serviceKey(...release.service));
    return { region, service };
  }
}

/** The revision registered before one, as `family:revision`; the same where there is none. */
export function before(region: RegionStore, taskDefinition: string): string {
  const [family = '', revision = ''] = taskDefinition.split(':');
  const older = (region.resources.taskDefinitions.get(family) ?? []).filter(
    (candidate) => candidate < Number(revision),
  );
  const last = older.at(-1);
  return last === undefined ? taskDefinition : `${family}:${last}`;
}

export function pointTo(
  region: RegionStore,
  alias: { version: string; revisionId: string },
  version: string,
): void {
  alias.version = version;
  alias.revisionId = region.resources.uuid();
}

function publishVersion(region: RegionStore, one: DemoFunction, at: number): string {
  const version = (one.versions.at(-1) ?? 0) + 1;
  one.versions.push(version);
  one.modifiedAt = at;
  const alias = one.aliases.get(LIVE);
  if (alias !== undefined) pointTo(region, alias, String(version));
  return String(version);
}
