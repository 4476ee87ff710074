import { join } from 'node:path';
import type { JournalEntry } from '../../shared/incidents/journal-events';
import { listDayFiles, readJournalFile } from './journal-files';
import type { FileLine } from './journal-files';

/**
 * Reads the whole journal, oldest first, checking every byte and every link of the chain. A damaged or missing
 * entry is named to `report` with file and line and, where the copy still has it, read from there.
 */
export async function* readJournal(
  dir: string,
  copyDir: string,
  report: (problem: string) => void,
): AsyncGenerator<JournalEntry> {
  let lastHash: string | null = null;
  let previousName: string | null = null;
  let damaged = false;
  const names = await listDayFiles(dir);
  for (const name of names) {
    for await (const line of readJournalFile(join(dir, name))) {
      // A line still being written is not confirmed to anybody yet.
      if (!line.terminated && name === names.at(-1)) break;
      const link = linkOf(line);
      if (link === null) {
        damaged = true;
        report(`The journal file ${name} is damaged at line ${line.number}.`);
        continue;
      }
      // What the first kept entry follows is past the retention horizon, unless lines before it are damaged.
      if (lastHash === null ? damaged : link.prev !== lastHash) {
        const gap = { copyDir, names: [previousName ?? name, name], from: lastHash, to: link.prev };
        const missing = await fromCopy(gap);
        report(gapSentence(name, line.number, missing.complete));
        yield* missing.entries;
      }
      lastHash = link.hash;
      if (line.parsed.kind === 'entry') yield line.parsed.entry;
      else
        report(`Line ${line.number} of the journal file ${name} is of a newer version; skipped.`);
    }
    previousName = name;
  }
}

function linkOf(line: FileLine): { prev: string; hash: string } | null {
  switch (line.parsed.kind) {
    case 'entry':
      return line.parsed.entry;
    case 'unknown':
      return line.parsed;
    case 'damaged':
      return null;
  }
}

const gapSentence = (name: string, line: number, restored: boolean): string =>
  restored
    ? `Entries before line ${line} of the journal file ${name} were damaged or missing; they were read from the copy.`
    : `Entries before line ${line} of the journal file ${name} are missing; what they recorded is lost.`;

/** The entries that lead to one hash from another (null: from wherever the copies begin). */
async function fromCopy(gap: {
  copyDir: string;
  names: string[];
  from: string | null;
  to: string;
}): Promise<{ entries: JournalEntry[]; complete: boolean }> {
  const byHash = new Map<string, JournalEntry>();
  for (const name of new Set(gap.names)) {
    for await (const { parsed } of readJournalFile(join(gap.copyDir, name))) {
      if (parsed.kind === 'entry') byHash.set(parsed.entry.hash, parsed.entry);
    }
  }
  const entries: JournalEntry[] = [];
  let hash = gap.to;
  for (;;) {
    const entry = hash === gap.from ? undefined : byHash.get(hash);
    if (entry === undefined) break;
    entries.push(entry);
    hash = entry.prev;
  }
  const complete = gap.from === null ? entries.length > 0 : hash === gap.from;
  return { entries: entries.reverse(), complete };
}
