/** The runbooks there are, and what is wrong with those that cannot be used. */
import type { Runbook } from './runbook';
import type { StepClass } from './step';

/** A mistake in a file, where a person finds it. */
export interface RunbookProblem {
  /** In the file, from 1; null where it is about the whole file. */
  line: number | null;
  column: number | null;
  /** `steps[2].do.cluster`; empty for the whole. */
  path: string;
  message: string;
}

export interface RunbookFolder {
  path: string;
  source: 'starter' | 'own';
  /** Null while it can be read. */
  problem: string | null;
}

export interface RunbookEntry {
  /** `<folder's id>/<file name>`. */
  id: string;
  folder: string;
  fileName: string;
  source: 'starter' | 'own';
  /** The file's name where the file cannot be read. */
  name: string;
  /** The highest class of its steps; `changes` where it cannot be told. */
  class: StepClass;
  /** Null where the file has mistakes that keep it from running. */
  runbook: Runbook | null;
  problems: RunbookProblem[];
}

export interface RunbookListing {
  folders: RunbookFolder[];
  entries: RunbookEntry[];
}
