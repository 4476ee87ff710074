/** `queries.json`: queries kept on this computer. A file that cannot be read is kept aside and told. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { insightsLanguages } from '../../../shared/logs/insights';
import type { SavedQuery } from '../../../shared/logs/insights';
import { writeWhole } from '../../dashboards/kept-files';
import { hasCode } from '../../store/process-lock';

const MAX_KEPT = 1_000;

const keptSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(255),
  connectionId: z.string().max(200).nullable(),
  region: z.string().max(64).nullable(),
  groups: z.array(z.string().max(512)).max(50),
  query: z.string().min(1).max(10_000),
  language: z.enum(insightsLanguages),
});
const fileSchema = z.strictObject({
  version: z.literal(1),
  queries: z.array(keptSchema).max(MAX_KEPT),
});
export type KeptQuery = z.infer<typeof keptSchema>;

export class DiskQueries {
  private readonly path: string;
  private kept: KeptQuery[];
  private writing: Promise<void> = Promise.resolve();

  constructor(
    dir: string,
    now: () => number,
    private readonly report: (problem: string) => void,
  ) {
    this.path = join(dir, 'queries.json');
    this.kept = this.load(join(dir, `queries.invalid-${now()}.json`));
  }

  list(): SavedQuery[] {
    return this.kept.map((query) => ({ ...query, source: 'disk' }));
  }

  /** One of the same name takes the older one's place. Resolves when it is on disk; rejects when it cannot be. */
  async save(query: KeptQuery): Promise<SavedQuery> {
    const before = this.kept;
    const same = before.find(({ name }) => name === query.name);
    const saved = { ...query, id: same?.id ?? query.id };
    const others = before.filter(({ name }) => name !== query.name);
    this.kept = [...others, saved].slice(-MAX_KEPT);
    const text = JSON.stringify({ version: 1, queries: this.kept }, null, 2);
    const written = this.writing.then(() => writeWhole(this.path, text));
    this.writing = written.catch(() => {
      // Whoever saved is told; the next write starts anew.
    });
    try {
      await written;
    } catch (error) {
      this.kept = this.kept.filter(({ id }) => id !== saved.id);
      if (same !== undefined) this.kept.push(same);
      throw error;
    }
    return { ...saved, source: 'disk' };
  }

  private load(aside: string): KeptQuery[] {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) {
        this.report(`The saved queries cannot be read: ${String(error)}`);
      }
      return [];
    }
    const parsed = fileSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data.queries;
    copyFileSync(this.path, aside);
    this.report(`The saved queries are not valid; they were kept as ${aside}, a new list begins.`);
    return [];
  }
}

/** Undefined where the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
