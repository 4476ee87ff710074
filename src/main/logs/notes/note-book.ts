/** `log-notes.json`: bookmarks and notes on log events. A file that cannot be read is kept aside and told. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FailureError } from '../../../shared/failure';
import { logNoteSchema } from '../../../shared/logs/notes';
import type { LogNote, SaveLogNote } from '../../../shared/logs/notes';
import { writeWhole } from '../../dashboards/kept-files';
import { hasCode } from '../../store/process-lock';
import type { LogNotes } from '../log-seams';

const MAX_NOTES = 10_000;

const fileSchema = z.strictObject({
  version: z.literal(1),
  notes: z.array(logNoteSchema).max(MAX_NOTES),
});

export interface NoteBookParts {
  /** Folder of the file. */
  dir: string;
  /** ms UTC. */
  now: () => number;
  newId: () => string;
  report: (problem: string) => void;
}

export class NoteBook implements LogNotes {
  private readonly path: string;
  private notes: LogNote[];
  /** Why nothing may be written: what is there could be neither read nor kept aside. */
  private sealed: string | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: NoteBookParts) {
    this.path = join(parts.dir, 'log-notes.json');
    this.notes = this.load();
  }

  list(): LogNote[] {
    return [...this.notes];
  }

  /** Rejects with FailureError when the note to change is gone, the book is full, or the disk refuses. */
  save({ id, ...given }: SaveLogNote): Promise<LogNote> {
    return this.inTurn(async () => {
      const at = this.parts.now();
      const before = this.notes.find((note) => note.id === id);
      if (id !== undefined && before === undefined) {
        throw failure('not-found', 'This note is not there any more.', 'Write it again.');
      }
      if (before === undefined && this.notes.length >= MAX_NOTES) {
        throw failure(
          'invalid',
          `There are ${MAX_NOTES.toLocaleString('en')} notes already.`,
          'Delete some that are not needed any more.',
        );
      }
      const note: LogNote = {
        id: before?.id ?? this.parts.newId(),
        ...given,
        createdAt: before?.createdAt ?? at,
        changedAt: at,
      };
      await this.write([...this.notes.filter((other) => other !== before), note]);
      return note;
    });
  }

  /** One that is gone already is no failure. */
  delete(id: string): Promise<void> {
    return this.inTurn(async () => {
      const left = this.notes.filter((note) => note.id !== id);
      if (left.length < this.notes.length) await this.write(left);
    });
  }

  /** Resolves when what is being written is written. */
  async settled(): Promise<void> {
    await this.last;
  }

  /** One after another; what is in memory changes only after the disk has it. */
  private inTurn<T>(does: () => Promise<T>): Promise<T> {
    const done = this.last.then(does);
    this.last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  private async write(notes: LogNote[]): Promise<void> {
    if (this.sealed !== null)
      throw failure('unknown', this.sealed, 'See to the file, then start Nightdesk again.');
    try {
      await writeWhole(this.path, JSON.stringify({ version: 1, notes }, null, 2));
    } catch (error) {
      throw failure(
        'unknown',
        `The note could not be written: ${error instanceof Error ? error.message : String(error)}`,
        'Free some space or see to the rights of the folder, then try again.',
      );
    }
    this.notes = notes;
  }

  private load(): LogNote[] {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) this.seal(error);
      return [];
    }
    const parsed = fileSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data.notes;
    const aside = join(this.parts.dir, `log-notes.invalid-${this.parts.now()}.json`);
    try {
      copyFileSync(this.path, aside);
    } catch (error) {
      this.seal(error);
      return [];
    }
    this.parts.report(
      `The notes on logs are not valid; they were kept as ${aside}, a new book begins.`,
    );
    return [];
  }

  private seal(error: unknown): void {
    this.sealed = `The notes on logs cannot be read: ${String(error)}`;
    this.parts.report(this.sealed);
  }
}

const failure = (
  kind: 'not-found' | 'invalid' | 'unknown',
  message: string,
  advice: string,
): FailureError =>
  new FailureError({ kind, connectionId: null, operation: 'logs.saveNote', message, advice });

/** Undefined where the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
