/** The log groups last seen, on disk, so that they show at once at the next start. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../dashboards/entry-ids';
import { writeWhole } from '../../dashboards/kept-files';
import { hasCode } from '../../store/process-lock';

const keptSchema = z.strictObject({
  key: z.string(),
  /** ms UTC. */
  asOf: z.number().int(),
  groups: z.array(
    z.strictObject({
      connectionId: z.string(),
      region: z.string(),
      name: z.string(),
      arn: z.string(),
      storedBytes: z.number().nullable(),
      retentionDays: z.number().nullable(),
      createdAt: z.number().nullable(),
      logClass: z.enum(['STANDARD', 'INFREQUENT_ACCESS', 'ESSENTIALS', 'DELIVERY']),
    }),
  ),
});
export type KeptGroups = z.infer<typeof keptSchema>;

export class GroupCache {
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly dir: string,
    private readonly report: (problem: string) => void,
  ) {}

  /** Null when nothing is kept, or nothing that can be read. */
  async read(key: string): Promise<KeptGroups | null> {
    try {
      const parsed = keptSchema.safeParse(JSON.parse(await readFile(this.fileOf(key), 'utf8')));
      return parsed.success && parsed.data.key === key ? parsed.data : null;
    } catch (error) {
      // A copy that is gone or damaged is asked for again.
      if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return null;
      this.report(`Kept log groups cannot be read: ${String(error)}`);
      return null;
    }
  }

  /** One after another; what cannot be written is reported: it only costs asking again. */
  keep(kept: KeptGroups): void {
    this.writing = this.writing.then(async () => {
      try {
        await mkdir(this.dir, { recursive: true, mode: 0o700 });
        await writeWhole(this.fileOf(kept.key), JSON.stringify(kept));
      } catch (error) {
        this.report(`Log groups could not be kept for later: ${String(error)}`);
      }
    });
  }

  /** Resolves when what is being written is written. */
  settled(): Promise<void> {
    return this.writing;
  }

  private fileOf(key: string): string {
    return join(this.dir, `${sha256(key).slice(0, 40)}.json`);
  }
}
