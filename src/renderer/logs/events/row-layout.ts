/** Where rows stand; how high one is drawn when lines are wrapped is told from its text alone so that nothing has to be measured. */

export const ROW_PX = 22;
/** The column heads stand above the first row. */
export const HEAD_PX = 26;
/** Longer lines are cut; the detail has them whole. */
export const MOST_LINES = 12;

/** Letters that take two places in a monospaced font: East Asian scripts and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu;

/** @param columns letters that fit in a line, at least 1 */
export function linesOf(text: string, columns: number): number {
  let lines = 0;
  for (const part of text.trimEnd().replaceAll('\t', '        ').split('\n')) {
    const places = part.length + (part.match(wide)?.length ?? 0);
    lines += Math.max(1, Math.ceil(places / columns));
    if (lines >= MOST_LINES) return MOST_LINES;
  }
  return lines;
}

/** The row's element, for `aria-activedescendant`. */
export const rowId = (seq: number): string => `log-event-${seq}`;
