/** The features the shell mounts, each in a chunk of its own: none of them is needed for the first list. */
import { lazy } from 'react';

export const AlarmDetail = lazy(async () => ({
  default: (await import('../alarm-detail/AlarmDetail')).AlarmDetail,
}));
export const DashboardsPage = lazy(async () => ({
  default: (await import('../dashboards/DashboardsPage')).DashboardsPage,
}));
export const MetricsPage = lazy(async () => ({
  default: (await import('../metrics/MetricsPage')).MetricsPage,
}));
export const LogsPage = lazy(async () => ({
  default: (await import('../logs/LogsPage')).LogsPage,
}));
export const RunbooksPage = lazy(async () => ({
  default: (await import('../runbooks/RunbooksPage')).RunbooksPage,
}));
export const SettingsPage = lazy(async () => ({
  default: (await import('../settings/SettingsPage')).SettingsPage,
}));
export const FirstRun = lazy(async () => ({
  default: (await import('../first-run/FirstRun')).FirstRun,
}));
export const DemoMenu = lazy(async () => ({
  default: (await import('../first-run/DemoMenu')).DemoMenu,
}));
export const InboxPanel = lazy(async () => ({
  default: (await import('../inbox/InboxPanel')).InboxPanel,
}));
export const MfaPrompt = lazy(async () => ({
  default: (await import('../connections/MfaPrompt')).MfaPrompt,
}));
export const Palette = lazy(async () => ({
  default: (await import('../palette/Palette')).Palette,
}));
