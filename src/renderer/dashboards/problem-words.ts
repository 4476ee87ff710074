import type { TextProblem } from '../../shared/dashboards/read-result';

/** `web.yaml, line 12, column 3, widgets[2].properties`: as much as is known. */
export function placeWords(
  { line, column, field }: Pick<TextProblem, 'line' | 'column' | 'field'>,
  fileName: string,
): string {
  const parts = [
    fileName,
    line === null ? null : `line ${line}`,
    line === null || column === null ? null : `column ${column}`,
    field === null || field === '' ? null : field,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
