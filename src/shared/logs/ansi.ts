/** A stretch of text in one style. Colours are the palette's indexes 0–255, or `#rrggbb`. */
export interface AnsiSpan {
  text: string;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  foreground: number | string | null;
  background: number | string | null;
}

type Style = Omit<AnsiSpan, 'text'>;

const plain: Style = {
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  foreground: null,
  background: null,
};

/** CSI, OSC (ended by BEL or ST), and other escapes; the first group is SGR's parameters. */
// What a terminal would obey is never shown as such: only colours and weights are taken from it.
const sequence =
  /\u001b\[([\d;:]*)m|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[PX^_][^\u001b]*(?:\u001b\\)?|\u001b[ -/]*[0-~]?/g;

/** The text in styles, without the sequences. Anything but SGR is dropped: it does nothing here. */
export function ansiSpans(text: string): AnsiSpan[] {
  const spans: AnsiSpan[] = [];
  let style = plain;
  let from = 0;
  const push = (to: number): void => {
    if (to > from) spans.push({ text: text.slice(from, to), ...style });
  };
  for (const match of text.matchAll(sequence)) {
    push(match.index);
    from = match.index + match[0].length;
    if (match[1] !== undefined) style = styled(style, match[1]);
  }
  push(text.length);
  return spans;
}

export const stripAnsi = (text: string): string => text.replace(sequence, '');

function styled(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let style = before;
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = extended(codes.slice(i + 1));
      if (colour !== null) {
        style = { ...style, [code === 38 ? 'foreground' : 'background']: colour };
      }
      i += used;
    } else style = { ...style, ...change(code) };
  }
  return style;
}

function change(code: number): Partial<Style> {
  if (code >= 30 && code <= 37) return { foreground: code - 30 };
  if (code >= 90 && code <= 97) return { foreground: code - 90 + 8 };
  if (code >= 40 && code <= 47) return { background: code - 40 };
  if (code >= 100 && code <= 107) return { background: code - 100 + 8 };
  switch (code) {
    case 0:
      return plain;
    case 1:
      return { bold: true };
    case 2:
      return { dim: true };
    case 3:
      return { italic: true };
    case 4:
      return { underline: true };
    case 22:
      return { bold: false, dim: false };
    case 23:
      return { italic: false };
    case 24:
      return { underline: false };
    case 39:
      return { foreground: null };
    case 49:
      return { background: null };
    default:
      return {};
  }
}

const isByte = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255;

/** `5;n` of the palette, `2;r;g;b` of all colours. */
function extended(codes: readonly number[]): { colour: number | string | null; used: number } {
  const [kind, a, b, c] = codes;
  if (kind === 5) return { colour: isByte(a) ? a : null, used: 2 };
  if (kind !== 2) return { colour: null, used: 1 };
  if (!isByte(a) || !isByte(b) || !isByte(c)) return { colour: null, used: 4 };
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  return { colour: `#${hex(a)}${hex(b)}${hex(c)}`, used: 4 };
}
