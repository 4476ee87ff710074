import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { awsOperations } from '../../../src/main/aws/operations';

const policySchema = z.object({
  Statement: z.array(
    z.object({ Effect: z.literal('Allow'), Action: z.union([z.string(), z.array(z.string())]) }),
  ),
});
const root = new URL('../../../', import.meta.url);

async function sources(): Promise<string> {
  const folder = new URL('src/main/', root);
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.ts$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return texts.join('\n');
}

describe('docs/iam-policy.json', () => {
  it('allows what the operations need and nothing more', async () => {
    const policy = policySchema.parse(
      JSON.parse(await readFile(new URL('docs/iam-policy.json', root), 'utf8')),
    );
    const allowed = policy.Statement.flatMap(({ Action }) => Action).sort();
    const needed = Object.values(awsOperations).flatMap(({ iamAction }) => iamAction ?? []);
    expect(allowed).toEqual([...new Set<string>(needed)].sort());
    expect(allowed.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('covers every command that main makes, and every operation listed is made', async () => {
    const text = await sources();
    const made = new Set(
      [...text.matchAll(/new (?:\w+\.)?([A-Z]\w+)Command\(/g)].map((match) => match[1]),
    );
    // These two are sent by the SDK's credential providers.
    if (text.includes('fromTemporaryCredentials(')) made.add('AssumeRole');
    if (text.includes('fromWebToken(')) made.add('AssumeRoleWithWebIdentity');
    expect([...made].sort()).toEqual(Object.keys(awsOperations).sort());
  });
});
