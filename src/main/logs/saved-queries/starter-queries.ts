/** The queries that ship with the console. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { insightsLanguages } from '../../../shared/logs/insights';
import type { SavedQuery } from '../../../shared/logs/insights';

const starterSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(255),
  rangeMs: z.number().int().positive(),
  /** Empty: whichever are chosen. */
  groups: z.array(z.string().max(512)).max(50),
  language: z.enum(insightsLanguages),
  query: z.string().min(1).max(10_000),
});

/** Rejects with what the file system or the schema says: the file is part of the application. */
export async function starterQueries(dir: string): Promise<SavedQuery[]> {
  const text = await readFile(join(dir, 'starters.json'), 'utf8');
  return z
    .array(starterSchema)
    .parse(JSON.parse(text))
    .map((starter) => ({
      ...starter,
      id: `starter|${starter.id}`,
      source: 'starter',
      connectionId: null,
      region: null,
    }));
}
