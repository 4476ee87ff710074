/** The last answers of the accounts, on disk, so that they show at once and also offline. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../store/process-lock';
import { sha256 } from './entry-ids';
import { writeWhole } from './kept-files';

const ms = z.number().int();
const listSchema = z.strictObject({
  key: z.string(),
  asOf: ms,
  dashboards: z.array(
    z.strictObject({
      name: z.string(),
      modifiedAt: ms.nullable(),
      sizeBytes: z.number().nullable(),
    }),
  ),
});
const bodySchema = z.strictObject({ key: z.string(), asOf: ms, text: z.string() });

export type KeptList = z.infer<typeof listSchema>;
export type KeptBody = z.infer<typeof bodySchema>;

/** More are the leftovers of dashboards nobody opens any more. */
const MAX_FILES = 300;

export class DashboardCache {
  private ready: Promise<unknown> | null = null;
  /** One write after another: what was kept last is what stays. */
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly dir: string,
    private readonly report: (problem: string) => void,
  ) {}

  /** Null when nothing is kept, or nothing that can be read. */
  list(key: string): Promise<KeptList | null> {
    return this.read('list', key, listSchema);
  }

  body(key: string): Promise<KeptBody | null> {
    return this.read('body', key, bodySchema);
  }

  keepList(list: KeptList): Promise<void> {
    return this.queue('list', list);
  }

  keepBody(body: KeptBody): Promise<void> {
    return this.queue('body', body);
  }

  async dropBody(key: string): Promise<void> {
    await this.writing;
    await rm(this.fileOf('body', key), { force: true });
  }

  /** Resolves when what is being written is written. */
  settled(): Promise<void> {
    return this.writing;
  }

  private queue(kind: 'list' | 'body', value: { key: string }): Promise<void> {
    this.writing = this.writing.then(() => this.write(kind, value));
    return this.writing;
  }

  private fileOf(kind: 'list' | 'body', key: string): string {
    return join(this.dir, `${kind}-${sha256(key).slice(0, 40)}.json`);
  }

  private async read<T extends { key: string }>(
    kind: 'list' | 'body',
    key: string,
    schema: z.ZodType<T>,
  ): Promise<T | null> {
    // What was kept a moment ago is to be found.
    await this.writing;
    try {
      const parsed = schema.safeParse(JSON.parse(await readFile(this.fileOf(kind, key), 'utf8')));
      return parsed.success && parsed.data.key === key ? parsed.data : null;
    } catch (error) {
      // A copy that is gone or damaged is asked for again.
      if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return null;
      this.report(`A kept dashboard cannot be read: ${String(error)}`);
      return null;
    }
  }

  /** A copy that cannot be written is reported: it only costs asking again. */
  private async write(kind: 'list' | 'body', value: { key: string }): Promise<void> {
    try {
      this.ready ??= this.prepare();
      await this.ready;
      await writeWhole(this.fileOf(kind, value.key), JSON.stringify(value));
    } catch (error) {
      this.ready = null;
      this.report(`A dashboard could not be kept for later: ${String(error)}`);
    }
  }

  private async prepare(): Promise<void> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    const names = await readdir(this.dir);
    if (names.length <= MAX_FILES) return;
    const aged = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(this.dir, name))).mtimeMs })),
    );
    const old = aged.sort((a, b) => b.at - a.at).slice(MAX_FILES);
    await Promise.all(old.map(({ name }) => rm(join(this.dir, name), { force: true })));
  }
}
