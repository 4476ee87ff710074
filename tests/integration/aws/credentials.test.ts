import { mkdir, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsFailure } from '../../../src/main/aws/aws-api';
import type { Connection } from '../../../src/shared/connections/connection';
import { connectionTo, failureOf, never, region, sessionOf, withConfig } from './sessions';
import { answerWell, sendError, startStandIn } from './stand-in';
import type { StandIn } from './stand-in';

const base = `[profile base]
region = eu-west-1
aws_access_key_id = AKIABASEKEY000000001
aws_secret_access_key = base-secret

[profile role]
role_arn = arn:aws:iam::123456789012:role/on-call
source_profile = base

[profile mfa]
role_arn = arn:aws:iam::123456789012:role/on-call
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/phone
`;

let aws: StandIn;
let files: Awaited<ReturnType<typeof withConfig>>;
beforeEach(async () => {
  aws = await startStandIn();
  files = await withConfig({ config: base });
});
afterEach(async () => {
  await files.undo();
  await aws.close();
});

const withProfile = (profile: string, more: Partial<Connection> = {}) =>
  connectionTo(aws.url, { credentials: { kind: 'profile', profile }, ...more });
const ask = (connection: Connection) =>
  sessionOf(connection).api(region).describeAlarms({}, never());
/** The access key id that the n-th request was signed with. */
const signedWith = (n: number) =>
  /Credential=([^/]+)/.exec(String(aws.asked[n]?.headers.authorization))?.[1];

describe('where credentials come from', () => {
  it('a profile with a key', async () => {
    await ask(withProfile('base'));
    expect(signedWith(0)).toBe('AKIABASEKEY000000001');
  });

  it('a profile that assumes a role, once for all regions', async () => {
    const session = sessionOf(withProfile('role', { regions: [region, 'us-east-1'] }));
    await Promise.all(
      [session.api(region), session.api('us-east-1')].map((api) => api.describeAlarms({}, never())),
    );
    expect(aws.asked.map((one) => one.operation)).toEqual([
      'AssumeRole',
      'DescribeAlarms',
      'DescribeAlarms',
    ]);
    expect(signedWith(1)).toBe('ASIAROLEKEY000000001');
  });

  it('a role of the connection on top of the profile', async () => {
    await ask(withProfile('base', { roleArn: 'arn:aws:iam::210987654321:role/other-account' }));
    expect(decodeURIComponent(aws.asked[0]?.body ?? '')).toContain('role/other-account');
    expect(signedWith(1)).toBe('ASIAROLEKEY000000001');
  });

  it('a credential process', async () => {
    const answer = JSON.stringify({
      Version: 1,
      AccessKeyId: 'AKIAPROCESS000000001',
      SecretAccessKey: 'p',
    });
    const file = join(dirname(files.configFile), 'answer.json');
    await writeFile(file, answer);
    await files.write(`[profile process]\ncredential_process = cat ${file}\n`);
    await ask(withProfile('process'));
    expect(signedWith(0)).toBe('AKIAPROCESS000000001');
  });

  it('the environment, by the default chain', async () => {
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIAENVIRONMENT00001';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'e';
    await ask(connectionTo(aws.url, { credentials: { kind: 'default-chain' } }));
    expect(signedWith(0)).toBe('AKIAENVIRONMENT00001');
  });

  it('a web identity token', async () => {
    const token = join(dirname(files.configFile), 'token');
    await writeFile(token, 'a-web-token');
    await files.write(
      `[profile web]\nrole_arn = arn:aws:iam::123456789012:role/web\nweb_identity_token_file = ${token}\n`,
    );
    aws.respond((asked, response) => {
      if (asked.operation !== 'AssumeRoleWithWebIdentity') return answerWell(asked, response);
      response.end(
        `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAWEB0000000000001</AccessKeyId><SecretAccessKey>w</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
      );
    });
    await ask(withProfile('web'));
    expect(signedWith(1)).toBe('ASIAWEB0000000000001');
  });

  it('the demo’s fixed keys go nowhere but to this computer', () => {
    expect(() => sessionOf(connectionTo('https://monitoring.eu-west-1.amazonaws.com'))).toThrow(
      AwsFailure,
    );
    expect(() => sessionOf(connectionTo(null))).toThrow(AwsFailure);
    expect(() =>
      sessionOf(connectionTo(aws.url, { pushQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/q' })),
    ).toThrow(AwsFailure);
  });
});

describe('endpoints as the SDK takes them', () => {
  it.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_CLOUDWATCH'])('%s', async (name) => {
    process.env[name] = aws.url;
    await ask(withProfile('base', { endpoint: null }));
    expect(aws.asked).toHaveLength(1);
  });

  it('the profile’s endpoint_url', async () => {
    await files.write(
      base.replace('region = eu-west-1', `region = eu-west-1\nendpoint_url = ${aws.url}`),
    );
    await ask(withProfile('base', { endpoint: null }));
    expect(aws.asked).toHaveLength(1);
  });

  it('not that of another profile', async () => {
    await files.write(
      `${base}\n[default]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:1\n`,
    );
    const { resolveEndpoints } = await import('../../../src/main/aws/endpoints');
    const { loadSharedConfigFiles } = await import('@smithy/shared-ini-file-loader');
    await loadSharedConfigFiles({ ignoreCache: true });
    const endpoints = await resolveEndpoints(withProfile('base', { endpoint: null }));
    expect(Object.keys(endpoints)).toEqual(expect.arrayContaining(['cloudwatch', 'logs', 'ecs']));
    expect(Object.values(endpoints).filter((one) => one !== null)).toEqual([]);
  });

  it('the connection’s own goes first', async () => {
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:1';
    await ask(withProfile('base'));
    expect(aws.asked).toHaveLength(1);
  });
});

describe('MFA', () => {
  it('asks for the code and sends it', async () => {
    const asked: string[] = [];
    const session = sessionOf(withProfile('mfa'), {
      askMfa: async ({ mfaSerial, connectionLabel }) => {
        asked.push(`${connectionLabel} ${mfaSerial}`);
        return '123456';
      },
    });
    await session.api(region).describeAlarms({}, never());
    await session.api(region).describeAlarms({}, never());
    expect(asked).toEqual(['Production arn:aws:iam::123456789012:mfa/phone']);
    expect(aws.asked[0]?.body).toContain('TokenCode=123456');
    expect(signedWith(2)).toBe('ASIAROLEKEY000000001');
  });

  it('a person who declined is not asked again by the next poll, but by a refresh', async () => {
    let prompts = 0;
    const session = sessionOf(withProfile('mfa'), {
      askMfa: async () => {
        prompts += 1;
        if (prompts > 1) return '123456';
        throw new AwsFailure({
          kind: 'cancelled',
          connectionId: null,
          operation: 'AssumeRole',
          message: 'No code.',
          advice: '',
        });
      },
    });
    const poll = () => session.api(region).describeAlarms({}, never());
    expect((await failureOf(poll())).message).toBe('No code.');
    expect((await failureOf(poll())).message).toBe('No code.');
    expect(prompts).toBe(1);
    session.retryCredentials();
    await poll();
    expect(prompts).toBe(2);
  });

  it('says that a code was wrong', async () => {
    aws.respond((asked, response) =>
      sendError(
        asked,
        response,
        'AccessDenied',
        'MultiFactorAuthentication failed with invalid MFA one time pass code.',
        403,
      ),
    );
    const session = sessionOf(withProfile('mfa'), { askMfa: async () => '000000' });
    expect(await failureOf(session.api(region).describeAlarms({}, never()))).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('MFA code'),
    });
  });
});

describe('R7: expiry', () => {
  it('an SSO session that ended is named, and signing in again needs no restart', async () => {
    const start = 'https://example.awsapps.com/start';
    await files.write(
      `[profile sso]\nsso_start_url = ${start}\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = on-call\n`,
    );
    const cache = join(dirname(files.configFile), '.aws', 'sso', 'cache');
    await mkdir(cache, { recursive: true });
    const signIn = (expiresAt: string) =>
      writeFile(
        join(cache, `${createHash('sha1').update(start).digest('hex')}.json`),
        JSON.stringify({
          accessToken: 'sso-token',
          expiresAt,
          region: 'eu-west-1',
          startUrl: start,
        }),
      );
    await signIn(new Date(Date.now() - 1000).toISOString());
    process.env['AWS_ENDPOINT_URL_SSO'] = aws.url;
    const session = sessionOf(withProfile('sso'));
    const failure = await failureOf(session.api(region).describeAlarms({}, never()));
    expect(failure.kind).toBe('credentials-expired');
    expect(failure.message).toContain('Production');
    expect(failure.advice).toContain('aws sso login --profile sso');

    await signIn(new Date(Date.now() + 3_600_000).toISOString());
    aws.respond((asked, response) => {
      if (asked.operation !== '') return answerWell(asked, response);
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          roleCredentials: {
            accessKeyId: 'ASIASSO0000000000001',
            secretAccessKey: 's',
            sessionToken: 't',
            expiration: Date.now() + 3_600_000,
          },
        }),
      );
    });
    await session.api(region).describeAlarms({}, never());
    expect(signedWith(aws.asked.length - 1)).toBe('ASIASSO0000000000001');
  });

  it('keys replaced in the file are used after AWS said the old ones expired', async () => {
    aws.respond((asked, response) =>
      signedWith(aws.asked.length - 1) === 'AKIABASEKEY000000001'
        ? sendError(asked, response, 'ExpiredTokenException', 'expired')
        : answerWell(asked, response),
    );
    const session = sessionOf(withProfile('base'));
    expect((await failureOf(session.api(region).describeAlarms({}, never()))).kind).toBe(
      'credentials-expired',
    );
    await files.write(base.replace('AKIABASEKEY000000001', 'AKIANEWKEY0000000001'));
    await session.api(region).describeAlarms({}, never());
    expect(signedWith(1)).toBe('AKIANEWKEY0000000001');
  });
});

describe('what is wrong with a profile', () => {
  it('there is none of that name', async () => {
    expect(await failureOf(ask(withProfile('absent')))).toMatchObject({
      kind: 'credentials-missing',
      message: 'There is no profile "absent" in the AWS config files for Production.',
      advice: 'Choose another one; found: base, role, mfa.',
    });
  });

  it('the file is malformed: file and line', async () => {
    await files.write(
      '[profile fine]\nregion = eu-west-1\n\n[profile broken\naws_access_key_id = x\n',
    );
    const failure = await failureOf(ask(withProfile('broken')));
    expect(failure.kind).toBe('invalid');
    expect(failure.message).toContain(`line 4 of ${files.configFile}`);
  });

  it('it says nothing about credentials', async () => {
    await files.write('[profile empty]\nregion = eu-west-1\n');
    expect((await failureOf(ask(withProfile('empty')))).kind).toBe('credentials-missing');
  });

  it('an SSO session section is missing', async () => {
    await files.write('[profile sso]\nsso_session = gone\nsso_account_id = 1\nsso_role_name = r\n');
    expect((await failureOf(ask(withProfile('sso')))).kind).toBe('credentials-missing');
  });

  it('a role that may not be assumed names the action', async () => {
    aws.respond((asked, response) =>
      sendError(
        asked,
        response,
        'AccessDenied',
        'User: u is not authorized to perform: sts:AssumeRole on resource: r',
        403,
      ),
    );
    expect(await failureOf(ask(withProfile('role')))).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('sts:AssumeRole'),
    });
  });
});
