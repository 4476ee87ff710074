/** Sessions and config folders for the tests of this folder. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsFailure } from '../../../src/main/aws/aws-api';
import { createConnectionSession } from '../../../src/main/aws/connection-session';
import type { ConnectionSession, SessionInit } from '../../../src/main/aws/connection-session';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { systemClock } from '../../../src/shared/clock';
import type { Connection } from '../../../src/shared/connections/connection';
import type { Failure } from '../../../src/shared/failure';

export const region = 'eu-west-1';

export function connectionTo(endpoint: string | null, more: Partial<Connection> = {}): Connection {
  return {
    id: 'production',
    label: 'Production',
    color: '#3366ff',
    credentials: { kind: 'demo' },
    regions: [region],
    roleArn: null,
    endpoint,
    readOnly: true,
    paused: false,
    pushQueueUrl: null,
    ...more,
  };
}

export function sessionOf(
  connection: Connection,
  more: Partial<SessionInit> = {},
): ConnectionSession {
  return createConnectionSession({
    connection,
    clock: systemClock,
    budget: new RateBudget(systemClock),
    askMfa: () => Promise.reject(new Error('no code expected')),
    ...more,
  });
}

export const never = (): AbortSignal => new AbortController().signal;

/** The failure a promise rejects with; throws if it does not reject with one. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AwsFailure) return error.failure;
    throw error;
  }
  throw new Error('It worked, but a failure was expected.');
}

/** Points the SDK at config files of our own and clears the environment's credentials; undo restores all. */
export async function withConfig(files: {
  config?: string;
  credentials?: string;
}): Promise<{ configFile: string; write(text: string): Promise<void>; undo(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'nightdesk-aws-'));
  const configFile = join(folder, 'config');
  await writeFile(configFile, files.config ?? '');
  await writeFile(join(folder, 'credentials'), files.credentials ?? '');
  const before = { ...process.env };
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_')) delete process.env[name];
  process.env['AWS_CONFIG_FILE'] = configFile;
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  process.env['HOME'] = folder;
  return {
    configFile,
    write: (text) => writeFile(configFile, text),
    undo: async () => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await rm(folder, { recursive: true });
    },
  };
}
