import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../src/shared/connections/connection';
import { defaultSettings } from '../../src/shared/settings/defaults';
import type { Settings } from '../../src/shared/settings/settings';

/** A connection to an endpoint of the bench's own. */
export function benchConnection(endpoint: string, more: Partial<Connection> = {}): Connection {
  return {
    id: 'bench',
    label: 'Bench',
    color: '#3366ff',
    credentials: { kind: 'demo' },
    regions: ['us-east-1'],
    roleArn: null,
    endpoint,
    readOnly: true,
    paused: false,
    pushQueueUrl: null,
    ...more,
  };
}

/** Writes what a console that was set up earlier finds at its start. */
export function writeSettings(folder: string, change: Partial<Settings>): void {
  mkdirSync(folder, { recursive: true });
  const settings = { ...defaultSettings('bench', []), welcomed: true, ...change };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 1, settings }));
}
