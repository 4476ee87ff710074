/** Real sessions to the demo for the parts of the logs. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RegionApi } from '../../../src/main/aws/aws-api';
import { createConnectionSession } from '../../../src/main/aws/connection-session';
import type { ConnectionSession } from '../../../src/main/aws/connection-session';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { systemClock } from '../../../src/shared/clock';
import type { Connection } from '../../../src/shared/connections/connection';

export const never = (): AbortSignal => new AbortController().signal;

export interface LogSessions {
  apiOf(connectionId: string, region: string): RegionApi;
  stop(): void;
}

export function openSessions(connections: Connection[]): LogSessions {
  const budget = new RateBudget(systemClock);
  const sessions = new Map<string, ConnectionSession>();
  for (const connection of connections) {
    const askMfa = () => Promise.reject(new Error('no MFA here'));
    const init = { connection, clock: systemClock, budget, askMfa };
    sessions.set(connection.id, createConnectionSession(init));
  }
  return {
    apiOf(connectionId, region) {
      const session = sessions.get(connectionId);
      if (session === undefined) throw new Error(`no connection ${connectionId}`);
      return session.api(region);
    },
    stop() {
      for (const session of sessions.values()) session.destroy();
    },
  };
}

/** Asks every 20 ms until it fits, 25 s at most. */
export async function until<T>(read: () => T, fits: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 25_000; ;) {
    const value = read();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`It never came: ${JSON.stringify(value)}`);
    await pause(20);
  }
}
