import { bytesText } from '../insights/query-words';
import { assertNever } from '../../../shared/assert-never';
import type { ExportFormat } from '../../../shared/logs/engine-protocol';
import type { ExportProgress } from '../../../shared/logs/export';
import { safeText } from '../../ui/safe-text';

export const formatNames: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'NDJSON',
  csv: 'CSV',
  text: 'Text',
};

const number = (value: number): string => value.toLocaleString('en');

export const eventsText = (count: number): string =>
  count === 1 ? '1 event' : `${number(count)} events`;

/** Paths have slashes or, on Windows, backslashes. */
export const fileNameOf = ({ path }: Pick<ExportProgress, 'path'>): string =>
  path.split(/[\\/]/).at(-1) ?? path;

export const percent = (fraction: number): number => Math.floor(fraction * 100);

/** `12,345 events, 3.1 MB, 42 %`; how far it got. */
export function exportSentence(progress: ExportProgress): string {
  const { phase, rows, bytes, fraction, throttles, failure } = progress;
  const written = `${eventsText(rows)}, ${bytesText(bytes)}`;
  const slowed = throttles === 0 ? '' : `; AWS slowed it ${number(throttles)} times`;
  switch (phase) {
    case 'running':
      return `${percent(fraction)} % — ${written} so far${slowed}`;
    case 'done':
      return written;
    case 'stopped':
      return progress.resumable
        ? `Stopped at ${percent(fraction)} % — ${written} are kept`
        : 'Stopped; nothing was kept';
    case 'failed':
      return safeText(failure?.message ?? 'It failed.');
    default:
      return assertNever(phase);
  }
}

export const doneText = (progress: ExportProgress): string =>
  `${eventsText(progress.rows)} exported to ${safeText(fileNameOf(progress))}`;

/** Null when nothing is missing in the file. */
export function leftOutText({ leftOut }: Pick<ExportProgress, 'leftOut'>): string | null {
  const [first] = leftOut;
  if (first === undefined) return null;
  const others = leftOut.length - 1;
  const more = others === 0 ? '' : ` and ${number(others)} more`;
  return `Not in the file: ${safeText(first.group)}${more} — ${safeText(first.reason)}`;
}
