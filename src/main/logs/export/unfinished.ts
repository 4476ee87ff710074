/**
 * What is needed to go on with an export: beside the file it is of, so that it goes where the file goes, and listed
 * in the state folder, so that it is found again after a restart.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { logExportSchema } from '../../../shared/logs/export';
import { writeWhole } from '../../dashboards/kept-files';
import { hasCode } from '../../store/process-lock';

const checkpointSchema = z.strictObject({
  version: z.literal(1),
  order: logExportSchema,
  /** The file it becomes. */
  path: z.string().min(1),
  /** Written for good: what is behind in the unfinished file is thrown away. */
  bytes: z.number().int().min(0),
  rows: z.number().int().min(0),
  /** Where the next slice begins: its start, or its end when newest comes first. ms UTC. */
  atMs: z.number().int(),
  /** How long slices were last. */
  sliceMs: z.number().int().min(1),
  leftOut: z.array(
    z.strictObject({
      connectionId: z.string(),
      region: z.string(),
      group: z.string(),
      reason: z.string(),
    }),
  ),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

const MAX_LISTED = 500;
const listSchema = z.array(z.string().min(1)).max(MAX_LISTED);

export const checkpointOf = (part: string): string => `${part}.json`;

export class Unfinished {
  private readonly listFile: string;
  private parts: Promise<Set<string>> | null = null;
  private last: Promise<void> = Promise.resolve();

  constructor(
    stateDir: string,
    private readonly report: (problem: string) => void,
  ) {
    this.listFile = join(stateDir, 'log-exports.json');
  }

  /** Of every unfinished export whose files are still there. */
  async all(): Promise<{ part: string; checkpoint: Checkpoint }[]> {
    const found: { part: string; checkpoint: Checkpoint }[] = [];
    for (const part of await this.listed()) {
      const checkpoint = await this.read(part);
      if (checkpoint !== null) found.push({ part, checkpoint });
    }
    return found;
  }

  /** Resolves when it is on disk; rejects with what the disk said. */
  async keep(part: string, checkpoint: Checkpoint): Promise<void> {
    await writeWhole(checkpointOf(part), JSON.stringify(checkpoint));
    const listed = await this.listed();
    if (listed.has(part)) return;
    listed.add(part);
    await this.writeList(listed);
  }

  async drop(part: string): Promise<void> {
    const listed = await this.listed();
    if (listed.delete(part)) await this.writeList(listed);
    await rm(checkpointOf(part), { force: true });
  }

  private listed(): Promise<Set<string>> {
    this.parts ??= this.readList().then((parts) => new Set(parts));
    return this.parts;
  }

  private async readList(): Promise<string[]> {
    try {
      const parsed = listSchema.safeParse(JSON.parse(await readFile(this.listFile, 'utf8')));
      if (parsed.success) return parsed.data;
      this.report('The list of unfinished exports is damaged; a new one begins.');
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) {
        this.report(`The list of unfinished exports cannot be read: ${String(error)}`);
      }
    }
    return [];
  }

  private async writeList(listed: ReadonlySet<string>): Promise<void> {
    const text = JSON.stringify([...listed].slice(-MAX_LISTED));
    const written = this.last.then(() => writeWhole(this.listFile, text));
    this.last = written.catch((error: unknown) =>
      // It costs only that this export is not found after a restart.
      this.report(`The list of unfinished exports could not be written: ${String(error)}`),
    );
    await this.last;
  }

  private async read(part: string): Promise<Checkpoint | null> {
    try {
      const parsed = checkpointSchema.safeParse(
        JSON.parse(await readFile(checkpointOf(part), 'utf8')),
      );
      if (parsed.success) return parsed.data;
      this.report(`The unfinished export ${part} cannot be gone on with: its state is damaged.`);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) {
        this.report(`The unfinished export ${part} cannot be read: ${String(error)}`);
      }
    }
    return null;
  }
}
