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
    text: value('--nd-text', '#e6e9ee'),
    dim: value('--nd-dim', '#8b96a5'),
    faint: value('--nd-faint', '#5b6675'),
    line: value('--nd-line', '#252d37'),
    panel: value('--nd-panel', '#151a20'),
    raise: value('--nd-raise', '#1b2129'),
    crit: value('--nd-critical', '#ff5d5d'),
    series: [
      value('--nd-accent', '#6ea8fe'),
      value('--nd-business', '#5ad1c9'),
      value('--nd-security', '#c792ea'),
      value('--nd-dim', '#8b96a5'),
    ],
    font: value('--nd-ui', 'system-ui, sans-serif'),
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
