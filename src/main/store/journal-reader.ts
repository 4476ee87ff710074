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
  const names = await listDayFiles(dir);
  for (const name of names) {
    for await (const line of readJournalFile(join(dir, name))) {
      // A line still being written is not confirmed to anybody yet.
      if (!line.terminated && name === names.at(-1)) break;
      const link = linkOf(line);
      if (link === null) {
        report(`The journal file ${name} is damaged at line ${line.number}.`);
        continue;
      }
      if (lastHash !== null && link.prev !== lastHash) {
        const gap = { copyDir, names: [previousName ?? name, name], from: lastHash, to: link.prev };
        const missing = await fromCopy(gap);
        report(gapSentence(name, line.number, missing.complete));
        yield* missing.entries;
      }
      lastHash = link.hash;
      if (line.parsed.kind === 'entry') yield line.parsed.entry;
      else report(`Line ${line.number} of the journal file ${name} is of a newer version; skipped.`);
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

/** The entries that lead from one hash to another, from the copies. */
async function fromCopy(gap: {
  copyDir: string;
  names: string[];
  from: string;
  to: string;
}): Promise<{ entries: JournalEntry[]; complete: boolean }> {
  const following = new Map<string, JournalEntry>();
  for (const name of new Set(gap.names)) {
    for await (const { parsed } of readJournalFile(join(gap.copyDir, name))) {
      if (parsed.kind === 'entry') following.set(parsed.entry.prev, parsed.entry);
    }
  }
  const entries: JournalEntry[] = [];
  let hash = gap.from;
  for (;;) {
    const next = following.get(hash);
    if (hash === gap.to || next === undefined) return { entries, complete: hash === gap.to };
    entries.push(next);
    hash = next.hash;
  }
}
