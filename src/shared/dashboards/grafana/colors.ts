/** Colours that Grafana knows by name. https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/ */
const NAMED: Readonly<Record<string, string>> = {
  'dark-red': '#c4162a',
  'semi-dark-red': '#e02f44',
  red: '#f2495c',
  'light-red': '#ff7383',
  'super-light-red': '#ffa6b0',
  'dark-orange': '#fa6400',
  'semi-dark-orange': '#ff780a',
  orange: '#ff9830',
  'light-orange': '#ffb357',
  'super-light-orange': '#ffcb7d',
  'dark-yellow': '#e0b400',
  'semi-dark-yellow': '#f2cc0c',
  yellow: '#fade2a',
  'light-yellow': '#ffee52',
  'super-light-yellow': '#fff899',
  'dark-green': '#37872d',
  'semi-dark-green': '#56a64b',
  green: '#73bf69',
  'light-green': '#96d98d',
  'super-light-green': '#c8f2c2',
  'dark-blue': '#1f60c4',
  'semi-dark-blue': '#3274d9',
  blue: '#5794f2',
  'light-blue': '#8ab8ff',
  'super-light-blue': '#c0d8ff',
  'dark-purple': '#8f3bb8',
  'semi-dark-purple': '#a352cc',
  purple: '#b877d9',
  'light-purple': '#ca95e5',
  'super-light-purple': '#deb6f2',
  gray: '#808080',
  grey: '#808080',
  black: '#000000',
  white: '#ffffff',
};

function hex(part: string | undefined): string {
  return Math.min(255, Math.max(0, Math.round(Number(part ?? 0))))
    .toString(16)
    .padStart(2, '0');
}

/** `#rrggbb` of a name, `#rgb`, `#rrggbb` or `rgb(a)(…)`; null: none, transparent or by theme. */
export function readColor(written: unknown): string | null {
  if (typeof written !== 'string') return null;
  const color = written.trim().toLowerCase();
  const named = Object.hasOwn(NAMED, color) ? NAMED[color] : undefined;
  if (named) return named;
  if (/^#[0-9a-f]{6}([0-9a-f]{2})?$/.test(color)) return color.slice(0, 7);
  if (/^#[0-9a-f]{3}$/.test(color)) return color.replace(/[0-9a-f]/g, '$&$&');
  const rgb = /^rgba?\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)/.exec(color);
  return rgb ? `#${hex(rgb[1])}${hex(rgb[2])}${hex(rgb[3])}` : null;
}
