/** Mantine dressed in the window's tokens, so that its components and ours look like one thing. */
import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  fontFamily: 'var(--nd-ui)',
  fontFamilyMonospace: 'var(--nd-mono)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  headings: { fontFamily: 'var(--nd-ui)', fontWeight: '650' },
  defaultRadius: 6,
  primaryColor: 'blue',
  cursorType: 'pointer',
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
