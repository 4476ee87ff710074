/** A region's metrics as a file: a line of facts, then a line a metric, compressed. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const factsSchema = z.strictObject({
  key: z.string(),
  asOf: z.number().int(),
  truncated: z.boolean(),
  count: z.number().int().min(0),
});

export interface KeptCatalog {
  asOf: number;
  truncated: boolean;
  lines: string[];
}

/** A file that unpacks to more than this is not ours. */
const MAX_BYTES = 512 * 1024 * 1024;

export function encodeCatalog(
  key: string,
  kept: Omit<KeptCatalog, 'lines'>,
  text: string,
  count: number,
): Promise<Buffer> {
  const facts = { key, asOf: kept.asOf, truncated: kept.truncated, count };
  return pack(`${JSON.stringify(facts)}\n${text}`, { level: 1 });
}

/** Null for another region's file. Throws for one that is damaged. */
export async function decodeCatalog(key: string, file: Buffer): Promise<KeptCatalog | null> {
  const [head = '', ...lines] = (await unpack(file, { maxOutputLength: MAX_BYTES }))
    .toString()
    .split('\n');
  const facts = factsSchema.parse(JSON.parse(head));
  if (facts.key !== key) return null;
  lines.pop();
  if (lines.length !== facts.count) throw new Error('it is cut short');
  return { asOf: facts.asOf, truncated: facts.truncated, lines };
}
