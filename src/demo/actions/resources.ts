import type { Effect, MetricSource } from '../metrics/metric-source';
import type { MessageQueue } from '../queue';
import type { BehaviourName } from './behaviours';
import type { Automation, SsmCommand, SsmDocument, SsmInstance } from './ssm-model';
import type { Execution, StateMachine } from './states-model';

export interface FunctionAlias {
  name: string;
  version: string;
  description: string;
  /** Changes with every update. */
  revisionId: string;
}

export interface DemoFunction {
  name: string;
  description: string;
  behaviour: BehaviourName;
  /** Published versions, ascending, without `$LATEST`. */
  versions: number[];
  aliases: Map<string, FunctionAlias>;
  environment: Record<string, string>;
  /** Demo ms. */
  modifiedAt: number;
}

export interface DemoDeployment {
  id: string;
  status: 'PRIMARY' | 'ACTIVE';
  taskDefinition: string;
  rollout: 'IN_PROGRESS' | 'COMPLETED';
  desired: number;
  running: number;
  pending: number;
  /** Demo ms. */
  createdAt: number;
  updatedAt: number;
}

export interface DemoService {
  cluster: string;
  name: string;
  family: string;
  desired: number;
  /** The newest first. */
  deployments: DemoDeployment[];
  /** The newest first. */
  events: { id: string; at: number; message: string }[];
  createdAt: number;
}

export interface DemoTable {
  name: string;
  read: number;
  write: number;
  status: 'ACTIVE' | 'UPDATING';
  createdAt: number;
  changedAt: number | null;
}

export interface DemoInstance {
  id: string;
  engine: string;
  instanceClass: string;
  status: 'available' | 'rebooting';
  multiAz: boolean;
  zone: string;
  standbyZone: string | null;
  replicaOf: string | null;
}

export interface DemoIpSet {
  id: string;
  name: string;
  scope: 'REGIONAL' | 'CLOUDFRONT';
  addresses: string[];
  /** Counts the updates; the lock token stands on it. */
  updates: number;
}

export interface Published {
  topic: string;
  subject: string | null;
  message: string;
  at: number;
}

/** Everything in one account and region that a runbook can look at or change, beside CloudWatch's own. */
export class Resources {
  readonly functions = new Map<string, DemoFunction>();
  /** By `cluster/name`. */
  readonly services = new Map<string, DemoService>();
  /** Revisions of task definitions by family, ascending. */
  readonly taskDefinitions = new Map<string, number[]>();
  readonly tables = new Map<string, DemoTable>();
  readonly instances = new Map<string, DemoInstance>();
  readonly topics = new Set<string>();
  readonly published: Published[] = [];
  readonly queues = new Map<string, MessageQueue>();
  readonly ipSets = new Map<string, DemoIpSet>();
  readonly buckets = new Map<string, string[]>();
  readonly userPools = new Map<string, string>();
  readonly events: { bus: string; source: string; detailType: string; detail: string }[] = [];
  readonly machines = new Map<string, StateMachine>();
  readonly executions = new Map<string, Execution>();
  readonly documents = new Map<string, SsmDocument>();
  readonly automations = new Map<string, Automation>();
  readonly commands = new Map<string, SsmCommand>();
  readonly managed = new Map<string, SsmInstance>();
  readonly readOnly = { on: false };
  private readonly levels = new Map<string, Effect>();
  private pending: { at: number; run: (at: number) => void }[] = [];
  private serial = 0;

  constructor(private readonly metrics: MetricSource) {}

  /** A number no other call of this region gets. */
  next(): number {
    this.serial += 1;
    return this.serial;
  }

  /** Identifier in the form of a UUID, the same in every run with the same calls. */
  uuid(): string {
    const hex = this.next().toString(16).padStart(12, '0');
    return `5d1f0c2e-7a3b-4c61-8e9f-${hex}`;
  }

  /** Has `run` happen once demo time is at `at`, ms. */
  later(at: number, run: (at: number) => void): void {
    this.pending.push({ at, run });
  }

  /** Lets everything happen that is due, in order. */
  settle(now: number): void {
    for (;;) {
      const due = this.pending.filter((task) => task.at <= now).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) return;
      this.pending = this.pending.filter((task) => task !== due);
      due.run(due.at);
    }
  }

  /** Holds a metric at a change from `at` on, until it is set or cleared again. */
  hold(key: string, change: Effect['change'], at: number): void {
    this.release(key, at);
    const effect: Effect = {
      key,
      startMs: at,
      rampMs: 0,
      endMs: Infinity,
      visibleFrom: at,
      change,
    };
    this.levels.set(key, effect);
    this.metrics.addEffect(effect);
  }

  /** Lets a held metric go its own way again. */
  release(key: string, at: number): void {
    const held = this.levels.get(key);
    if (held === undefined) return;
    this.metrics.endEffects([held], at);
    this.levels.delete(key);
  }
}
