/** Documents as log events. */
import type { ElasticSource } from '../../../shared/logs/elastic';
import type { FoundEvent } from '../search/page-frames';
import type { Hit } from './answers';
import { numberOf, stringifyExactly } from './exact-json';

/** Null for a document whose time nobody can tell. */
export function eventOf(
  hit: Hit,
  { timeField, messageField }: Pick<ElasticSource, 'timeField' | 'messageField'>,
): FoundEvent | null {
  // The server's own reading of it, in ms whatever the mapping's format; else what it sorts by.
  const said = numberOf(hit.fields?.[timeField]?.[0]);
  const timestamp = said ?? numberOf(hit.sort[0]);
  if (timestamp === null) return null;
  return {
    stream: hit._index,
    timestamp: Math.floor(timestamp),
    ingestion: Math.floor(timestamp),
    // Ids are of one index only.
    id: `${hit._index}/${hit._id}`,
    message: messageOf(hit._source, messageField),
  };
}

/** The message where it is the whole record as JSON already; else the document, in one line. */
function messageOf(source: unknown, messageField: string): string {
  if (source === undefined) return 'The index keeps no source of this document.';
  const message = valueOf(source, messageField);
  return typeof message === 'string' && isJsonObject(message) ? message : stringifyExactly(source);
}

/** Fields are named with dots, and documents write them nested or with the dots in the name. */
function valueOf(source: unknown, field: string): unknown {
  if (typeof source !== 'object' || source === null) return undefined;
  const whole: unknown = Reflect.get(source, field);
  const dot = field.indexOf('.');
  if (whole !== undefined || dot === -1) return whole;
  return valueOf(Reflect.get(source, field.slice(0, dot)), field.slice(dot + 1));
}

function isJsonObject(text: string): boolean {
  if (!text.startsWith('{') || !text.trimEnd().endsWith('}')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
