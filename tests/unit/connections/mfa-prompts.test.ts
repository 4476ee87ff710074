import { beforeEach, describe, expect, it } from 'vitest';
import { AwsFailure } from '../../../src/main/aws/aws-api';
import { MFA_TIMEOUT_MS, MfaPrompts } from '../../../src/main/connections/mfa-prompts';
import { TestClock } from '../aws/test-clock';

let clock: TestClock;
let shown: { promptId: string; connectionLabel: string; mfaSerial: string }[];
let prompts: MfaPrompts;
beforeEach(() => {
  clock = new TestClock();
  shown = [];
  prompts = new MfaPrompts(clock, (prompt) => shown.push(prompt));
});
const ask = (connectionId = 'a', signal = new AbortController().signal) =>
  prompts
    .ask({ connectionId, connectionLabel: connectionId.toUpperCase(), mfaSerial: 'phone', signal })
    .catch((error: unknown) => (error instanceof AwsFailure ? error.failure.message : error));

describe('MfaPrompts', () => {
  it('shows a prompt and hands its code on, once', async () => {
    const code = ask();
    await clock.advance(0);
    expect(shown).toMatchObject([{ connectionLabel: 'A', mfaSerial: 'phone' }]);
    const id = shown[0]?.promptId ?? '';
    expect(prompts.answer(id, '123456')).toBe(true);
    expect(prompts.answer(id, '654321')).toBe(false);
    expect(await code).toBe('123456');
  });

  it('shows one at a time for a connection, several for several', async () => {
    const codes = [ask('a'), ask('a'), ask('b')];
    await clock.advance(0);
    expect(shown.map(({ connectionLabel }) => connectionLabel)).toEqual(['A', 'B']);
    for (const { promptId } of [...shown]) prompts.answer(promptId, '111111');
    await clock.advance(0);
    expect(shown).toHaveLength(3);
    prompts.answer(shown[2]?.promptId ?? '', null);
    expect(await Promise.all(codes)).toEqual([
      '111111',
      'No MFA code was entered for A.',
      '111111',
    ]);
  });

  it('ends after three minutes, and the next one still comes', async () => {
    const codes = [ask(), ask()];
    await clock.advance(MFA_TIMEOUT_MS - 1);
    expect(shown).toHaveLength(1);
    await clock.advance(1);
    expect(await codes[0]).toBe('The MFA prompt of A was not answered in time.');
    expect(shown).toHaveLength(2);
    prompts.answer(shown[1]?.promptId ?? '', '222222');
    expect(await codes[1]).toBe('222222');
  });

  it('ends with its connection', async () => {
    const stop = new AbortController();
    const code = ask('a', stop.signal);
    await clock.advance(0);
    stop.abort();
    expect(await code).toBe('No MFA code was entered for A.');
    expect(prompts.answer(shown[0]?.promptId ?? '', '123456')).toBe(false);
  });
});
