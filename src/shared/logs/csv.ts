/**
 * One cell of a CSV. A cell that a spreadsheet would take for a formula begins with an apostrophe; what holds a comma,
 * a quote or a line break is quoted (RFC 4180).
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
