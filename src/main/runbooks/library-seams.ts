import type { Runbook } from '../../shared/runbooks/runbook';

/** A runbook that can be run, with the file it came from. */
export interface LoadedRunbook {
  id: string;
  fileName: string;
  /** Path of the folder it lies in. */
  folder: string;
  /** The file's text: an approval is for this text. */
  source: string;
  runbook: Runbook;
}
