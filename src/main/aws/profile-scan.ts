/** The profiles of the shared config files, with how each gets its credentials and what is wrong with the files. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProfileScan } from '../../shared/connections/connection';
import { scanIni } from './ini-scan';
import type { IniKind } from './ini-scan';

/** Settings of one profile, merged over both files as the SDK merges them; may hold secrets, so it stays in main. */
export type ProfileSettings = ReadonlyMap<string, string>;

export interface SharedConfig {
  profiles: ReadonlyMap<string, ProfileSettings>;
  problems: ProfileScan['problems'];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Paths as the SDK takes them: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else ~/.aws. */
export function sharedConfigPaths(env: Environment): { file: string; kind: IniKind }[] {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const path = (set: string | undefined, name: string): string => {
    if (set === undefined || set === '') return join(home, '.aws', name);
    return set.startsWith('~/') ? join(home, set.slice(2)) : set;
  };
  return [
    { file: path(env['AWS_CONFIG_FILE'], 'config'), kind: 'config' },
    { file: path(env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials'), kind: 'credentials' },
  ];
}

/** Never rejects: a file that cannot be read becomes a problem on line 1, an absent one is simply empty. */
export async function readSharedConfig(env: Environment = process.env): Promise<SharedConfig> {
  const profiles = new Map<string, Map<string, string>>();
  const problems: ProfileScan['problems'] = [];
  for (const { file, kind } of sharedConfigPaths(env)) {
    const text = await readOptional(file, problems);
    if (text === null) continue;
    const ini = scanIni(text, kind);
    problems.push(...ini.problems.map((problem) => ({ file, ...problem })));
    for (const [name, settings] of ini.profiles) {
      profiles.set(name, new Map([...(profiles.get(name) ?? []), ...settings]));
    }
  }
  return { profiles, problems };
}

/** What the "Connect AWS" page lists; holds no secret. */
export async function scanProfiles(env: Environment = process.env): Promise<ProfileScan> {
  const { profiles, problems } = await readSharedConfig(env);
  return {
    profiles: [...profiles].map(([name, settings]) => ({
      name,
      region: settings.get('region') ?? null,
      method: credentialMethod(settings),
    })),
    problems,
  };
}

/** For people, in the order in which the SDK decides. */
export function credentialMethod(settings: ProfileSettings): string {
  const has = (name: string): boolean => (settings.get(name) ?? '') !== '';
  if (has('role_arn') && (has('source_profile') || has('credential_source'))) {
    return has('mfa_serial') ? 'assume role with MFA' : 'assume role';
  }
  if (has('aws_access_key_id')) return has('aws_session_token') ? 'temporary key' : 'access key';
  if (has('web_identity_token_file')) return 'web identity';
  if (has('credential_process')) return 'credential process';
  if (has('sso_session') || has('sso_start_url')) return 'SSO';
  if (has('login_session')) return 'console sign-in';
  return 'no credentials';
}

async function readOptional(
  file: string,
  problems: ProfileScan['problems'],
): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code !== 'ENOENT') problems.push({ file, line: 1, message: `Cannot be read (${code}).` });
    return null;
  }
}
