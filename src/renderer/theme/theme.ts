/** Mantine dressed in the window's tokens, so that its components and ours look like one thing. */
import { createTheme, defaultVariantColorsResolver } from '@mantine/core';
import type { CSSVariablesResolver, VariantColorsResolver } from '@mantine/core';

/** The accent is light in the dark theme: white on it would not be readable. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const primary = input.color === undefined || input.color === input.theme.primaryColor;
  return input.variant === 'filled' && primary
    ? { ...colors, color: 'var(--nd-on-accent)', hoverColor: 'var(--nd-on-accent)' }
    : colors;
};

export const theme = createTheme({
  fontFamily: 'var(--nd-ui)',
  fontFamilyMonospace: 'var(--nd-mono)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  headings: { fontFamily: 'var(--nd-ui)', fontWeight: '650' },
  defaultRadius: 6,
  primaryColor: 'blue',
  colors: {
    // From text to the deepest ground, in the window's own greys.
    dark: [
      '#e6e9ee',
      '#c3cad3',
      '#a3adba',
      '#8b96a5',
      '#3b4756',
      '#262f3a',
      '#1d242d',
      '#151a20',
      '#0f1216',
      '#0b0e11',
    ],
  },
  cursorType: 'pointer',
  variantColorResolver,
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 100 } } },
  },
});

const shared: Record<string, string> = {
  '--mantine-color-body': 'var(--nd-bg)',
  '--mantine-color-text': 'var(--nd-text)',
  '--mantine-color-bright': 'var(--nd-text)',
  '--mantine-color-dimmed': 'var(--nd-dim)',
  '--mantine-color-placeholder': 'var(--nd-faint)',
  '--mantine-color-anchor': 'var(--nd-accent)',
  '--mantine-color-error': 'var(--nd-critical-text)',
  '--mantine-color-default': 'var(--nd-raise)',
  '--mantine-color-default-hover': 'var(--nd-line)',
  '--mantine-color-default-color': 'var(--nd-text)',
  '--mantine-color-default-border': 'var(--nd-line-strong)',
  '--mantine-color-disabled': 'var(--nd-raise)',
  '--mantine-color-disabled-color': 'var(--nd-faint)',
  '--mantine-color-disabled-border': 'var(--nd-line)',
  '--mantine-primary-color-filled': 'var(--nd-accent)',
  '--mantine-primary-color-filled-hover': 'var(--nd-accent-hover)',
  '--mantine-primary-color-contrast': 'var(--nd-on-accent)',
  '--mantine-color-blue-filled': 'var(--nd-accent)',
  '--mantine-color-blue-filled-hover': 'var(--nd-accent-hover)',
  '--mantine-color-blue-light': 'var(--nd-info-bg)',
  '--mantine-color-blue-light-color': 'var(--nd-info-text)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  dark: shared,
  light: shared,
});
