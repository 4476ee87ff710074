import { describe, expect, it } from 'vitest';
import { MASK, Secrets } from '../../../src/main/runbooks/secrets';

const secret = 'correct-horse-~?~-battery';
const secrets = new Secrets([secret]);

describe('a secret within base64', () => {
  it.each(['', 'a', 'ab', 'abc', 'user:', 'operator:'])('is masked behind “%s”', (before) => {
    for (const after of ['', ':x', ' and more']) {
      for (const form of ['base64', 'base64url'] as const) {
        const written = Buffer.from(`${before}${secret}${after}`).toString(form);
        const masked = secrets.mask(`Authorization: Basic ${written}`);
        expect(masked).toContain(MASK);
        const left = masked
          .split(' ')
          .slice(2)
          .join(' ')
          .replaceAll(MASK, ' ')
          .split(' ')
          .filter(Boolean);
        // What is left is of what stands around it.
        for (const one of left) {
          expect(Buffer.from(one, form).toString('latin1')).not.toMatch(/horse|batter|correc/);
        }
        expect(left.join('').length).toBeLessThanOrEqual(
          Math.ceil(((before.length + after.length) * 4) / 3) + 6,
        );
      }
    }
  });

  it('takes nothing else along', () => {
    const other = Buffer.from('operator:something else').toString('base64');
    expect(secrets.mask(other)).toBe(other);
  });
});
