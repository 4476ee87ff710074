import { describe, expect, it } from 'vitest';
import { createLog, scrub } from '../../../src/main/shell/log';

// Made up for this test; AWS's documentation uses keys of the same shape.
const KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const TOKEN = `IQoJb3JpZ2luX2VjE${'Ab3/'.repeat(40)}==`;

describe('the log', () => {
  it.each([
    [`InvalidClientTokenId: ${KEY_ID}`, KEY_ID],
    [`temporary ${KEY_ID.replace('AKIA', 'ASIA')} expired`, 'IOSFODNN7EXAMPLE'],
    [`bare ${SECRET} in a sentence`, SECRET],
    [`{"secretAccessKey":"${SECRET}"}`, SECRET],
    [`aws_secret_access_key = ${SECRET}`, SECRET],
    [`AWS_SESSION_TOKEN=${TOKEN}`, TOKEN],
    [`token ${TOKEN} alone`, TOKEN],
    [
      `Authorization: AWS4-HMAC-SHA256 Credential=${KEY_ID}/20260101, Signature=abcdef0123`,
      'abcdef0123',
    ],
    ['Bearer abcdefgh12345678', 'abcdefgh12345678'],
    ['https://hooks.slack.com/services/T000/B000/XXXXXXXXXXXXXXXXXXXXXXXX', 'XXXXXXXX'],
    ['https://example.com/webhook/s3cr3t?x=1', 's3cr3t'],
    ['https://user:s3cr3t@example.com/', 's3cr3t'],
    [`https://x.amazonaws.com/?X-Amz-Signature=deadbeef&X-Amz-Security-Token=${TOKEN}`, 'deadbeef'],
    ['routing_key: R0UT1NGK3Y', 'R0UT1NGK3Y'],
  ])('keeps the secret out of %s', (text, secret) => {
    expect(scrub(text)).not.toContain(secret);
    expect(scrub(text)).toContain('[removed]');
  });

  it.each([
    'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:crm-rds-connections',
    'commit 3f786850e387550fdab836ed7e6dc881de23001b',
    'request 7a62c49f-347e-4fc4-9331-6e8e6f1a2b3c was throttled',
  ])('leaves %s readable', (text) => expect(scrub(text)).toBe(text));

  it('writes one line whatever it is given', () => {
    const lines: string[] = [];
    createLog(
      (line) => lines.push(line),
      () => 0,
    ).error('a\nb\u001b[31m\u2028c\0', new Error(`x\r\n2026 info forged ${KEY_ID}`));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toBe(
      '1970-01-01T00:00:00.000Z error a b [31m c : Error: x 2026 info forged [removed]',
    );
  });
});
