/** What the save dialog suggests. */
import type { ExportFormat } from '../../../shared/logs/engine-protocol';
import type { LogExport } from '../../../shared/logs/export';

export const exportExtensions: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'ndjson',
  csv: 'csv',
  text: 'log',
};

/** `logs-crm-core-20261122-2315.csv`: the group where there is one, and when it was exported (UTC). */
export function exportFileName({ what, format }: LogExport, nowMs: number): string {
  const stamp = new Date(nowMs)
    .toISOString()
    .slice(0, 16)
    .replaceAll(/[-:]/g, '')
    .replace('T', '-');
  const groups = what.kind === 'search' ? what.search.targets.flatMap((one) => one.groups) : [];
  const [group] = groups;
  const last = group !== undefined && groups.length === 1 ? (group.split('/').at(-1) ?? '') : '';
  const part = last
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80);
  return `logs-${part === '' ? '' : `${part}-`}${stamp}.${exportExtensions[format]}`;
}
