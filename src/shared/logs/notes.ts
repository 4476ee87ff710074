/** Bookmarks and notes on log events: kept on this computer, outliving the search that found the event. */
import { z } from 'zod';

/** Names an event well enough to find it again; AWS's own id is not always known. */
const eventPlace = {
  connectionId: z.string().min(1).max(2_048),
  region: z.string().min(1).max(64),
  group: z.string().min(1).max(2_048),
  stream: z.string().max(2_048),
  /** When the event happened, ms UTC. */
  timestamp: z.number(),
  eventId: z.string().min(1).max(200).nullable(),
};

const words = {
  /** The beginning of the event's line as it was seen; `noteExcerpt` makes it. */
  excerpt: z.string().max(2_000),
  /** What the engineer wrote; empty for a mere bookmark. */
  text: z.string().max(4_000),
  bookmarked: z.boolean(),
};

const noteId = z.string().regex(/^[a-zA-Z0-9-]{1,64}$/);

export const logNoteSchema = z.strictObject({
  id: noteId,
  ...eventPlace,
  ...words,
  /** ms UTC. */
  createdAt: z.number().int(),
  changedAt: z.number().int(),
});
export type LogNote = z.infer<typeof logNoteSchema>;

/** With an id the note of that id is changed; without one it is new. */
export const saveLogNoteSchema = z.strictObject({ id: noteId.optional(), ...eventPlace, ...words });
export type SaveLogNote = z.infer<typeof saveLogNoteSchema>;

export const noteIdSchema = noteId;

const EXCERPT_CHARACTERS = 500;

/** Never cut through a surrogate pair. */
export const noteExcerpt = (line: string): string =>
  line.length <= EXCERPT_CHARACTERS
    ? line
    : line.slice(0, EXCERPT_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '');

/** Notes of one event have the same; also what an event in the engine is looked up by. */
export const noteEventKey = ({
  connectionId,
  region,
  group,
  stream,
  timestamp,
  excerpt,
}: Pick<
  LogNote,
  'connectionId' | 'region' | 'group' | 'stream' | 'timestamp' | 'excerpt'
>): string => JSON.stringify([connectionId, region, group, stream, timestamp, excerpt]);
