/** Columns in the order the query names them: CloudWatch leaves out what a record lacks, so the first may come last. */
import { plainName, splitList } from './stats-clause';

/** Names the rows' fields have been given by `display`, or by every `fields`. */
function namedBy(query: string): string[] {
  const parts = query.split('|').map((part) => part.replace(/#[^\n]*/g, ' ').trim());
  if (parts.some((part) => /^stats\b/i.test(part))) return [];
  const listed = (command: RegExp): string[] =>
    parts.flatMap((part) => {
      const found = command.exec(part);
      return found === null ? [] : splitList(part.slice(found[0].length));
    });
  const displayed = listed(/^display\s+/i);
  return (displayed.length > 0 ? displayed : listed(/^fields\s+/i)).map((part) =>
    plainName(/\s+as\s+(\S+)$/i.exec(part)?.[1] ?? part),
  );
}

/** Places of the columns in the order they are to be shown; those the query does not name keep theirs, behind. */
export function columnOrder(query: string, columns: readonly string[]): number[] {
  const names = namedBy(query);
  const rank = (column: string): number => {
    const place = names.indexOf(plainName(column));
    return place < 0 ? names.length : place;
  };
  return columns
    .map((column, place) => ({ place, rank: rank(column) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ place }) => place);
}

export const isInOrder = (order: readonly number[]): boolean =>
  order.every((place, at) => place === at);
