import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanIni } from '../../../src/main/aws/ini-scan';
import { scanProfiles } from '../../../src/main/aws/profile-scan';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nightdesk-scan-'));
});
afterEach(() => rm(folder, { recursive: true }));

const config = `# comment
[default]
region = eu-central-1
sso_session = corp
sso_account_id = 123456789012
sso_role_name = on-call

[profile mfa]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = default
mfa_serial = arn:aws:iam::123456789012:mfa/y
s3 =
  max_concurrent_requests = 20

[profile process]
credential_process = /usr/bin/secret-tool get
[profile web]
role_arn = arn:aws:iam::123456789012:role/x
web_identity_token_file = /token
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
[profile nothing]
region = us-east-1
`;

describe('scanProfiles', () => {
  it('finds the profiles of both files and says how each signs in, without a secret', async () => {
    await writeFile(join(folder, 'config'), config);
    await writeFile(
      join(folder, 'credentials'),
      '[keys]\naws_access_key_id = AKIACANARY\naws_secret_access_key = canary-secret\n',
    );
    const scan = await scanProfiles({
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    });
    expect(scan).toEqual({
      profiles: [
        { name: 'default', region: 'eu-central-1', method: 'SSO' },
        { name: 'mfa', region: null, method: 'assume role with MFA' },
        { name: 'process', region: null, method: 'credential process' },
        { name: 'web', region: null, method: 'web identity' },
        { name: 'nothing', region: 'us-east-1', method: 'no credentials' },
        { name: 'keys', region: null, method: 'access key' },
      ],
      problems: [],
    });
    expect(JSON.stringify(scan)).not.toMatch(/canary/i);
  });

  it('looks in ~/.aws without the variables, and absent files are no problem', async () => {
    expect(await scanProfiles({ HOME: folder })).toEqual({ profiles: [], problems: [] });
  });

  it('names a file that cannot be read', async () => {
    const scan = await scanProfiles({ AWS_CONFIG_FILE: folder, HOME: folder });
    expect(scan.problems).toEqual([{ file: folder, line: 1, message: 'Cannot be read (EISDIR).' }]);
  });
});

describe('scanIni', () => {
  const lines = (text: string, kind: 'config' | 'credentials' = 'config') =>
    scanIni(text, kind).problems.map(({ line, message }) => `${line}: ${message}`);

  it.each([
    [
      '[profile a\nregion = x',
      '1: The section has no closing "]"; everything under it is ignored.',
    ],
    ['\n\nregion = x', '3: A setting before the first [section] is ignored.'],
    ['[default]\r\nregion eu-west-1\r\n', '2: Expected "name = value"; this line is ignored.'],
    ['[default]\n= x', '2: Expected "name = value"; this line is ignored.'],
    ['[]', '1: The section has no name.'],
    [
      '[prod]\nregion = x',
      "1: In this file a profile's section is written [profile prod]; [prod] is ignored.",
    ],
  ])('%j', (text, problem) => {
    expect(lines(text)).toEqual([problem]);
  });

  it('takes comments, CRLF, a byte order mark, quotes and nested settings as they are meant', () => {
    const text =
      '\uFEFF# c\r\n[profile "a b"]\r\n[profile x] ; c\r\ns3 =\r\n  a = b\r\n  bare\r\nregion = eu-west-1 # c\r\n';
    const file = scanIni(text, 'config');
    expect(file.profiles.get('x')?.get('region')).toBe('eu-west-1');
    expect(file.problems).toHaveLength(1);
    expect(file.problems[0]?.message).toContain('"a b"');
  });

  it('survives anything', () => {
    for (const text of [
      '[__proto__]\npolluted = yes',
      '[profile __proto__]\na=b',
      '\0\0',
      '['.repeat(10_000),
      '=\n'.repeat(1000),
    ]) {
      expect(() => scanIni(text, 'config')).not.toThrow();
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
