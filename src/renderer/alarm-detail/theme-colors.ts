/** The theme's colours as canvas needs them: resolved from the CSS variables on every change of theme. */
import { useEffect, useState } from 'react';

export interface GraphColors {
  text: string;
  dim: string;
  faint: string;
  line: string;
  panel: string;
  raise: string;
  crit: string;
  /** Watched lines, in order. */
  series: string[];
  font: string;
}

function read(): GraphColors {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  return {
    text: value('--text', '#e6e9ee'),
    dim: value('--dim', '#8b96a5'),
    faint: value('--faint', '#5b6675'),
    line: value('--line', '#252d37'),
    panel: value('--panel', '#151a20'),
    raise: value('--raise', '#1b2129'),
    crit: value('--crit', '#ff5d5d'),
    series: [
      value('--accent', '#6ea8fe'),
      value('--biz', '#5ad1c9'),
      value('--sec', '#c792ea'),
      value('--dim', '#8b96a5'),
    ],
    font: value('--ui', 'system-ui, sans-serif'),
  };
}

/** Re-reads when the root's attributes change (Mantine and the shell name the theme there). */
export function useGraphColors(): GraphColors {
  const [colors, setColors] = useState(read);
  useEffect(() => {
    const observer = new MutationObserver(() => setColors(read()));
    observer.observe(document.documentElement, { attributes: true });
    return () => observer.disconnect();
  }, []);
  return colors;
}
