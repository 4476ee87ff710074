/** The searches that ship with the console. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { savedSearchSchema } from '../../../shared/logs/saved-search';
import type { SavedSearch } from '../../../shared/logs/saved-search';

/** Rejects with what the file system or the schema says: the file is part of the application. */
export async function starterSearches(dir: string): Promise<SavedSearch[]> {
  const text = await readFile(join(dir, 'starters.json'), 'utf8');
  const listed = z.array(z.looseObject({ id: z.string() })).parse(JSON.parse(text));
  return listed.map((starter) =>
    savedSearchSchema.parse({
      ...starter,
      id: `starter|${starter.id}`,
      source: 'starter',
      changedAt: 0,
    }),
  );
}
