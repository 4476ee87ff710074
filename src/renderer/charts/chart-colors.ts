/** Colours for canvases, resolved from the theme's CSS variables on every change of theme. */
import { useSyncExternalStore } from 'react';
import type { ChartSpan } from './chart-model';

export interface ChartColors {
  dark: boolean;
  text: string;
  dim: string;
  faint: string;
  line: string;
  panel: string;
  raise: string;
  accent: string;
  critical: string;
  severity: Record<ChartSpan['severity'], string>;
  /** Series colours, in order. */
  palette: readonly string[];
  font: string;
}

// Okabe and Ito's hues with Tol's, each at least 3:1 on the theme's ground and apart under the three
// common kinds of colour blindness by lightness where not by hue.
const DARK_PALETTE = [
  '#56b4e9',
  '#e69f00',
  '#2fc394',
  '#f0e442',
  '#e58ac0',
  '#6f93ff',
  '#e8703a',
  '#a8b5c4',
  '#b6e36a',
  '#b48cf2',
  '#5fe0e6',
  '#d0a98f',
];
const LIGHT_PALETTE = [
  '#0072b2',
  '#b85c00',
  '#00795a',
  '#8a7500',
  '#b0407f',
  '#3447c9',
  '#d1480d',
  '#56616e',
  '#4d7d0c',
  '#7a3fc0',
  '#007f89',
  '#7d4f35',
];

/** Beyond the palette's hues the same hue comes again in these patterns; the empty one is solid. */
const DASHES: readonly number[][] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

function read(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  const dark = value('color-scheme', 'dark') !== 'light';
  return {
    dark,
    text: value('--nd-text', '#e6e9ee'),
    dim: value('--nd-dim', '#a3adba'),
    faint: value('--nd-faint', '#8b96a5'),
    line: value('--nd-line', '#262f3a'),
    panel: value('--nd-panel', '#151a20'),
    raise: value('--nd-raise', '#1d242d'),
    accent: value('--nd-accent', '#6ea8fe'),
    critical: value('--nd-critical', '#ff5d5d'),
    severity: {
      critical: value('--nd-critical', '#ff5d5d'),
      security: value('--nd-security', '#c792ea'),
      warning: value('--nd-warning', '#f5b14c'),
      business: value('--nd-business', '#5ad1c9'),
      info: value('--nd-info', '#6ea8fe'),
    },
    palette: dark ? DARK_PALETTE : LIGHT_PALETTE,
    font: value('--nd-ui', 'system-ui, sans-serif'),
  };
}

// One reading and one observer for all charts of the window.
let current: ChartColors | null = null;
const listeners = new Set<() => void>();
let observer: MutationObserver | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (observer === null) {
    current = null;
    observer = new MutationObserver(() => {
      const before = current;
      const next = read();
      if (before !== null && JSON.stringify(before) === JSON.stringify(next)) return;
      current = next;
      for (const each of listeners) each();
    });
    observer.observe(document.documentElement, { attributes: true });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = null;
  };
}

/** The theme's colours now. */
export function colorsNow(): ChartColors {
  current ??= read();
  return current;
}

/** The theme's colours; a change of theme re-renders. */
export function useChartColors(): ChartColors {
  return useSyncExternalStore(subscribe, colorsNow);
}

/** Colour and dash of the series at a place; past the patterns' end it begins again, solid. */
export function paletteStyle(
  palette: readonly string[],
  place: number,
  total: number,
): { color: string; dash: number[] } {
  const color = palette[place % palette.length] ?? '#888888';
  // Hundreds of dashed lines cannot be told apart and take many times as long to draw.
  if (total > palette.length * DASHES.length) return { color, dash: [] };
  return { color, dash: DASHES[Math.floor(place / palette.length) % DASHES.length] ?? [] };
}
