/** From a profile that wants an MFA code, over the prompt, to the answer of a connection's test. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/connections/connection-registry';
import { DEMO_MFA_CODE, demoKeys, startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { systemClock } from '../../../src/shared/clock';
import { memorySettings } from '../../unit/connections/memory-settings';
import { connectionTo, failureOf, never, withConfig } from '../aws/sessions';

const profiles = `[profile keys]
aws_access_key_id = ${demoKeys.crm.accessKeyId}
aws_secret_access_key = ${demoKeys.crm.secretAccessKey}
[profile careful]
role_arn = arn:aws:iam::111122223333:role/mfa-on-call
source_profile = keys
mfa_serial = arn:aws:iam::111122223333:mfa/phone
`;

let demo: DemoAws;
let files: Awaited<ReturnType<typeof withConfig>>;
beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
  files = await withConfig({ config: profiles });
});
afterEach(async () => {
  await files.undo();
  await demo.stop();
});

const registryAnswering = (code: string | null) => {
  const prompts: string[] = [];
  const registry: ConnectionRegistry = new ConnectionRegistry({
    settings: memorySettings(),
    clock: systemClock,
    pushMfaPrompt: ({ promptId, mfaSerial }) => {
      prompts.push(mfaSerial);
      setImmediate(() => registry.answerMfa(promptId, code));
    },
  });
  return { registry, prompts };
};
const careful = () =>
  connectionTo(demo.endpoint, {
    credentials: { kind: 'profile', profile: 'careful' },
    regions: ['us-east-1', 'us-west-1'],
  });

it('asks once, assumes the role and tests every region', async () => {
  const { registry, prompts } = registryAnswering(DEMO_MFA_CODE);
  const result = await registry.test(careful(), never());
  expect(prompts).toEqual(['arn:aws:iam::111122223333:mfa/phone']);
  expect(result.arn).toContain('assumed-role/mfa-on-call');
  expect(result.permissions.filter(({ outcome }) => outcome === 'allowed')).toHaveLength(9);
  expect(registry.connections()).toEqual([]);
  registry.stop();
});

it('says so when nobody enters a code, or a wrong one', async () => {
  const declined = registryAnswering(null);
  expect((await failureOf(declined.registry.test(careful(), never()))).message).toBe(
    'No MFA code was entered for Production.',
  );
  const wrong = registryAnswering('999999');
  expect((await failureOf(wrong.registry.test(careful(), never()))).message).toContain('MFA code');
  expect(wrong.prompts).toHaveLength(1);
});

it('does not ask for a code when the source profile cannot sign in', async () => {
  await files.write(profiles.replace('aws_access_key_id', 'region = us-east-1\nnothing'));
  const { registry, prompts } = registryAnswering(DEMO_MFA_CODE);
  expect((await failureOf(registry.test(careful(), never()))).kind).toBe('credentials-missing');
  expect(prompts).toEqual([]);
});
