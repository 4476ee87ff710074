import { formatDuration } from '../../ui/time';

/** How long after it happened the service took the line in (both ms UTC); null where nothing is known. */
export function delayWords(timestamp: number, ingestion: number): string | null {
  if (ingestion <= 0) return null;
  const delay = Math.round(ingestion - timestamp);
  if (delay < 0) return 'taken in before its own time: its clock is ahead';
  return `taken in ${delay < 1_000 ? `${delay} ms` : formatDuration(delay)} later`;
}
