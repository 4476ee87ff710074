/** Colours of terminals on the console's own ground: those a line asks for, kept readable in both themes. */

const basic = [
  'var(--nd-text)',
  'var(--nd-critical-text)',
  'var(--nd-ok-text)',
  'var(--nd-warning-text)',
  'var(--nd-info-text)',
  'var(--nd-security-text)',
  'var(--nd-business-text)',
  'var(--nd-dim)',
] as const;

const STEPS = [0, 95, 135, 175, 215, 255];

/** The 6 × 6 × 6 cube and the greys of the palette of 256. */
function paletteColour(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey} ${grey} ${grey})`;
  }
  const at = index - 16;
  const step = (value: number): number => STEPS[value % 6] ?? 0;
  return `rgb(${step(Math.floor(at / 36))} ${step(Math.floor(at / 6))} ${step(at)})`;
}

const fullColour = (colour: number | string): string =>
  typeof colour === 'string' ? colour : paletteColour(colour);

const isBasic = (colour: number | string): colour is number =>
  typeof colour === 'number' && colour < 16;

/**
 * The sixteen usual colours are the theme's own. Any other is mixed with the text's colour, so that near-black on a
 * dark ground can still be read; a ground is only tinted.
 */
export function colourOf(
  foreground: number | string | null,
  background: number | string | null,
): { color?: string; backgroundColor?: string } {
  return {
    ...(foreground !== null && { color: textColour(foreground) }),
    ...(background !== null && {
      backgroundColor: `color-mix(in srgb, ${groundColour(background)} 18%, var(--nd-panel))`,
      ...(foreground === null && { color: 'var(--nd-text)' }),
    }),
  };
}

const textColour = (colour: number | string): string =>
  isBasic(colour)
    ? (basic[colour % 8] ?? 'var(--nd-text)')
    : `color-mix(in srgb, ${fullColour(colour)} 35%, var(--nd-text))`;

const groundColour = (colour: number | string): string =>
  isBasic(colour) ? (basic[colour % 8] ?? 'var(--nd-text)') : fullColour(colour);
