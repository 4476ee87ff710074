/** The connections that exist and their sessions: those of the settings, and the demo's, which are never saved. */
import type { Clock } from '../../shared/clock';
import { connectionSchema } from '../../shared/connections/connection';
import type { Connection, ConnectionTest, ProfileScan } from '../../shared/connections/connection';
import type { Pushes } from '../../shared/ipc';
import { AwsFailure } from '../aws/aws-api';
import type { RegionApi, UsageReading } from '../aws/aws-api';
import { createConnectionSession } from '../aws/connection-session';
import type { ConnectionSession, SessionInit } from '../aws/connection-session';
import { scanProfiles } from '../aws/profile-scan';
import { RateBudget } from '../aws/rate-budget';
import { testConnection } from '../aws/test-connection';
import type { SettingsStore } from '../seams';
import { MfaPrompts } from './mfa-prompts';

export interface RegistryInit {
  settings: SettingsStore;
  clock: Clock;
  pushMfaPrompt: (prompt: Pushes['connections.mfaPrompt']) => void;
  /** The demo's connections, if it runs. */
  demo?: Connection[];
  /** Only the demo's connections are shown and used. */
  demoOnly?: boolean;
  random?: () => number;
}

export class ConnectionRegistry {
  private demo: Connection[];
  private readonly sessions = new Map<string, ConnectionSession>();
  private readonly budget: RateBudget;
  private readonly prompts: MfaPrompts;
  private readonly listeners = new Set<(connections: Connection[]) => void>();
  private readonly stopListening: () => void;

  constructor(private readonly init: RegistryInit) {
    this.demo = init.demo ?? [];
    this.budget = new RateBudget(init.clock, init.random);
    this.prompts = new MfaPrompts(init.clock, init.pushMfaPrompt);
    this.stopListening = init.settings.onChange((settings, previous) => {
      if (settings.connections !== previous.connections) this.changed();
    });
  }

  /** All, the paused ones included; the demo's last. */
  connections(): Connection[] {
    return this.init.demoOnly ? this.demo : [...this.init.settings.get().connections, ...this.demo];
  }

  /** Told the new list after every change, the old sessions already destroyed. */
  onChange(listener: (connections: Connection[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The session of a connection, made when first asked for; null if it is unknown or paused. */
  session(connectionId: string): ConnectionSession | null {
    const connection = this.connections().find(({ id }) => id === connectionId);
    if (connection === undefined || connection.paused) return null;
    const known = this.sessions.get(connectionId);
    if (known !== undefined) return known;
    const created = createConnectionSession(this.sessionInit(connection));
    this.sessions.set(connectionId, created);
    return created;
  }

  /** Null if the connection is unknown or paused. */
  api(connectionId: string, region: string): RegionApi | null {
    return this.session(connectionId)?.api(region) ?? null;
  }

  usage(connectionId: string): UsageReading {
    return this.sessions.get(connectionId)?.usage() ?? { calls: 0, throttles: 0, costUsd: 0 };
  }

  /** Adds or replaces by id. Throws `AwsFailure` (`invalid`) for what cannot be a connection. */
  save(candidate: Connection): void {
    const parsed = connectionSchema.safeParse(candidate);
    if (!parsed.success)
      throw refused(candidate.id, parsed.error.issues[0]?.message ?? 'it is malformed');
    const connection = parsed.data;
    const isDemo = this.demo.some(({ id }) => id === connection.id);
    if (isDemo !== (connection.credentials.kind === 'demo')) {
      throw refused(connection.id, 'the demo and real connections cannot change places');
    }
    if (new Set(connection.regions).size !== connection.regions.length) {
      throw refused(connection.id, 'a region is listed twice');
    }
    if (isDemo) {
      this.saveDemo(connection);
      return;
    }
    const twin = this.connections().find(
      ({ id, label }) =>
        id !== connection.id && label.toLowerCase() === connection.label.toLowerCase(),
    );
    if (twin !== undefined) throw refused(connection.id, `another one is called "${twin.label}"`);
    this.init.settings.update((settings) => ({
      ...settings,
      connections: upsert(settings.connections, connection),
    }));
  }

  /** Throws `AwsFailure` (`not-found`) if there is none. */
  setPaused(connectionId: string, paused: boolean): void {
    const connection = this.connections().find(({ id }) => id === connectionId);
    if (connection === undefined) throw unknownConnection(connectionId);
    this.save({ ...connection, paused });
  }

  /** Throws `AwsFailure` (`not-found`) if there is none. */
  remove(connectionId: string): void {
    if (!this.connections().some(({ id }) => id === connectionId))
      throw unknownConnection(connectionId);
    if (this.demo.some(({ id }) => id === connectionId)) {
      this.setDemo(this.demo.filter(({ id }) => id !== connectionId));
      return;
    }
    this.init.settings.update((settings) => ({
      ...settings,
      connections: settings.connections.filter(({ id }) => id !== connectionId),
    }));
  }

  /** Starts (or with an empty list ends) the demo's connections; they live in memory only. */
  setDemo(connections: Connection[]): void {
    this.demo = connections;
    this.changed();
  }

  scanProfiles(): Promise<ProfileScan> {
    return scanProfiles();
  }

  /** Tests a connection as given, saved or not, in a session of its own. Rejects with `AwsFailure`. */
  async test(connection: Connection, signal: AbortSignal): Promise<ConnectionTest> {
    const session = createConnectionSession(this.sessionInit(connection));
    try {
      return await testConnection(session, signal);
    } finally {
      session.destroy();
    }
  }

  /** Before a refresh that a person asked for: an MFA code they declined is asked for again. */
  renewCredentials(connectionId: string | null): void {
    for (const [id, session] of this.sessions) {
      if (connectionId === null || connectionId === id) session.retryCredentials();
    }
  }

  /** Throws `AwsFailure` (`not-found`) if the prompt has been closed meanwhile. */
  answerMfa(promptId: string, code: string | null): void {
    if (this.prompts.answer(promptId, code)) return;
    throw new AwsFailure({
      kind: 'not-found',
      connectionId: null,
      operation: 'connections.answerMfa',
      message: 'This MFA prompt is no longer open.',
      advice: 'Refresh the connection to be asked again.',
    });
  }

  stop(): void {
    this.stopListening();
    this.listeners.clear();
    for (const session of this.sessions.values()) session.destroy();
    this.sessions.clear();
  }

  private saveDemo(connection: Connection): void {
    const before = this.demo.find(({ id }) => id === connection.id);
    this.setDemo(
      upsert(this.demo, {
        ...connection,
        endpoint: before?.endpoint ?? null,
        pushQueueUrl: before?.pushQueueUrl ?? null,
      }),
    );
  }

  private sessionInit(connection: Connection): SessionInit {
    return {
      connection,
      clock: this.init.clock,
      budget: this.budget,
      askMfa: (ask) => this.prompts.ask({ ...ask, connectionId: connection.id }),
      ...(this.init.random === undefined ? {} : { random: this.init.random }),
    };
  }

  /** Sessions of what was removed, paused or changed end; colour and read-only alone do not count. */
  private changed(): void {
    const connections = this.connections();
    for (const [id, session] of this.sessions) {
      const now = connections.find((connection) => connection.id === id);
      if (now !== undefined && !now.paused && signature(now) === signature(session.connection))
        continue;
      session.destroy();
      this.sessions.delete(id);
    }
    for (const listener of this.listeners) listener(connections);
  }
}

function upsert(connections: Connection[], connection: Connection): Connection[] {
  return connections.some(({ id }) => id === connection.id)
    ? connections.map((other) => (other.id === connection.id ? connection : other))
    : [...connections, connection];
}

/** What a session depends on; its label is part of failure sentences. */
function signature({
  label,
  credentials,
  roleArn,
  endpoint,
  regions,
  pushQueueUrl,
}: Connection): string {
  return JSON.stringify([label, credentials, roleArn, endpoint, regions, pushQueueUrl]);
}

function refused(connectionId: string, why: string): AwsFailure {
  return new AwsFailure({
    kind: 'invalid',
    connectionId,
    operation: 'connections.save',
    message: `The connection was not saved: ${why}.`,
    advice: 'Correct it and save again.',
  });
}

function unknownConnection(connectionId: string): AwsFailure {
  return new AwsFailure({
    kind: 'not-found',
    connectionId,
    operation: 'connections',
    message: 'There is no such connection.',
    advice: 'It may have been removed in the meantime.',
  });
}
