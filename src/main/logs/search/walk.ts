/** How one group of whatever kind is searched: page after page, remembering where it is. */
import type { Failure } from '../../../shared/failure';
import type { GroupProgress, LogSearch } from '../../../shared/logs/search';
import type { FoundEvent } from './page-frames';

export interface WalkPage {
  readonly events: readonly FoundEvent[];
  /** Counts the page as delivered and moves on; a page that was not taken is asked for again. */
  take(): void;
}

export interface Walk {
  readonly progress: GroupProgress;
  readonly ended: boolean;
  /** From the beginning: what was found is gone. */
  restart(): void;
  /** The next page, of `room` events at most. Rejects with FailureError. */
  next(room: number, signal: AbortSignal): Promise<WalkPage>;
  fail(failure: Failure): void;
  /** It will not be asked again: what the server keeps for it can go. */
  close?(): void;
}

export interface GroupPlace {
  connectionId: string;
  region: string;
  group: string;
}

export interface WalkParts {
  place: GroupPlace;
  search: Pick<LogSearch, 'startMs' | 'endMs' | 'pattern' | 'newestFirst'>;
  /** The progress is other than it was. */
  changed: () => void;
}

/** The walk of a group that is not CloudWatch's; null for one that is. */
export type OtherWalk = (parts: WalkParts) => Walk | null;
