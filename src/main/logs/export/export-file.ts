/** The file an export is written to: under a name of its own beside the chosen one, renamed when it is whole. */
import { open, realpath, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../../shared/failure';
import { hasCode } from '../../store/process-lock';

export type OpenFile = (path: string, flags: string, mode: number) => Promise<FileHandle>;

export const openFile: OpenFile = (path, flags, mode) => open(path, flags, mode);

/** Logs may tell of people: other users of the computer do not read them. */
const MODE = 0o600;

/** All rejections are FailureErrors that say in words what the disk said. */
export class ExportFile {
  private constructor(
    private readonly handle: FileHandle,
    private readonly part: string,
    /** Bytes written so far. */
    public bytes: number,
  ) {}

  static create(part: string, use: OpenFile = openFile): Promise<ExportFile> {
    return inWords(part, async () => new ExportFile(await use(part, 'wx', MODE), part, 0));
  }

  /** Goes on behind the first `bytes` bytes; what follows them is thrown away. Rejects when there are fewer. */
  static reopen(part: string, bytes: number, use: OpenFile = openFile): Promise<ExportFile> {
    return inWords(part, async () => {
      const handle = await use(part, 'r+', MODE);
      try {
        const { size } = await handle.stat();
        if (size < bytes) throw shorter(part);
        await handle.truncate(bytes);
      } catch (error) {
        await handle.close();
        throw error;
      }
      return new ExportFile(handle, part, bytes);
    });
  }

  /** Resolves when the system has taken it: whoever writes waits for it. */
  write(text: string): Promise<void> {
    return inWords(this.part, async () => {
      const bytes = Buffer.from(text, 'utf8');
      for (let from = 0; from < bytes.length;) {
        const { bytesWritten } = await this.handle.write(
          bytes,
          from,
          bytes.length - from,
          this.bytes + from,
        );
        from += bytesWritten;
      }
      this.bytes += bytes.length;
    });
  }

  /** Resolves when what was written survives a power cut. */
  sync(): Promise<void> {
    return inWords(this.part, () => this.handle.datasync());
  }

  /** The file takes its name. */
  finish(path: string): Promise<void> {
    return inWords(path, async () => {
      await this.handle.sync();
      await this.handle.close();
      await rename(this.part, path);
    });
  }

  /** Closes it; what was written stays under its own name. */
  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** Through a link, what it points to. */
export function targetOf(path: string): Promise<string> {
  return inWords(path, async () => {
    try {
      return await realpath(path);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return path;
      throw error;
    }
  });
}

export const partOf = (path: string, exportId: string): string =>
  join(dirname(path), `.${basename(path)}.${exportId.slice(0, 8)}.part`);

export const forget = (path: string): Promise<void> =>
  inWords(path, () => rm(path, { force: true }));

/** What the disk refuses becomes a FailureError in words. */
export async function inWords<T>(path: string, does: () => Promise<T>): Promise<T> {
  try {
    return await does();
  } catch (error) {
    throw error instanceof FailureError ? error : diskFailure(path, error);
  }
}

function diskFailure(path: string, error: unknown): FailureError {
  const [message, advice] = wordsFor(path, error);
  const denied = ['EACCES', 'EPERM', 'EROFS'].some((code) => hasCode(error, code));
  return new FailureError({
    kind: denied ? 'denied' : 'unknown',
    connectionId: null,
    operation: 'logs.export',
    message,
    advice,
  });
}

function wordsFor(path: string, error: unknown): [message: string, advice: string] {
  const folder = dirname(path);
  if (hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT')) {
    return [`The disk of ${folder} is full.`, 'Make room there, then resume the export.'];
  }
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM') || hasCode(error, 'EROFS')) {
    return [`Nothing may be written in ${folder}.`, 'Export to another folder.'];
  }
  if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) {
    return [`The folder or the unfinished file in ${folder} is gone.`, 'Export again.'];
  }
  const said = error instanceof Error ? error.message : String(error);
  return [`The file could not be written: ${said}.`, 'Try again, or export to another folder.'];
}

const shorter = (part: string): FailureError =>
  new FailureError({
    kind: 'invalid',
    connectionId: null,
    operation: 'logs.export',
    message: `The unfinished file ${basename(part)} is shorter than what was written to it.`,
    advice: 'It was changed from outside: discard this export and begin again.',
  });
