/** One record of a log stream. Times: demo ms, UTC. */
export interface LogEvent {
  timestamp: number;
  ingestionTime: number;
  message: string;
  stream: string;
  /** Unique among the events of its group in the same minute; decides the order of equal timestamps. */
  key: number;
}

/** A place between two events of a group. */
export interface Position {
  timestamp: number;
  key: number;
}

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** Keys from here on belong to events that were put; those below are made. */
export const PUT_KEYS = 2 ** 40;

export const compareEvents = (a: Position, b: Position): number =>
  a.timestamp - b.timestamp || a.key - b.key;
