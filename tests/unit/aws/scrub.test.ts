import { describe, expect, it } from 'vitest';
import { scrub } from '../../../src/main/aws/scrub';

describe('scrub', () => {
  it.each([
    ['AKIAIOSFODNN7EXAMPLE is unknown', 'AKIAIOSFODNN7EXAMPLE'],
    ['secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY here', 'wJalrXUtnFEMI'],
    ['Authorization: AWS4-HMAC', 'AWS4-HMAC'],
    ['X-Amz-Security-Token=FwoGZXIvYXdz&x=1', 'FwoGZXIvYXdz'],
    ['Bearer eyJhbGciOi.abc.def', 'eyJhbGciOi'],
    ['aws_secret_access_key = hunter2', 'hunter2'],
  ])('%s', (text, secret) => {
    expect(scrub(text)).not.toContain(secret);
    expect(scrub(text)).toContain('•••');
  });
  it('takes literal secrets out', () => {
    expect(scrub('the canary-token sang', ['canary-token'])).toBe('the ••• sang');
  });
  it('leaves ordinary words, ARNs and account ids alone', () => {
    const text =
      'User: arn:aws:iam::123456789012:user/on-call is not authorized to perform: cloudwatch:DescribeAlarms';
    expect(scrub(text)).toBe(text);
  });
  it('makes one short line of anything', () => {
    expect(scrub('a\u202Eb\n\u001b[31mc\0')).toBe('a b [31mc');
    expect(scrub('x'.repeat(5_000_000))).toHaveLength(300);
  });
});
