import { defaultLogSettings } from '../logs/settings';
import type { SeverityRule } from '../severity/severity';
import type { Settings } from './settings';

const MINUTE = 60_000;

/**
 * The settings of a new installation.
 * @param operator the operating system's user name; a blank one becomes "operator"
 * @param severityRules the default rules, which the alarms feature owns
 */
export function defaultSettings(operator: string, severityRules: SeverityRule[]): Settings {
  return {
    welcomed: false,
    theme: 'system',
    timeZone: 'local',
    operator: operator.trim().slice(0, 80).trim() || 'operator',
    pollIntervalMs: 30_000,
    sweepIntervalMs: 10 * MINUTE,
    connections: [],
    severityRules,
    notify: {
      critical: { popup: true, sound: true, repeatEveryMs: 2 * MINUTE },
      security: { popup: true, sound: true, repeatEveryMs: null },
      warning: { popup: true, sound: false, repeatEveryMs: null },
      business: { popup: true, sound: false, repeatEveryMs: null },
      info: { popup: false, sound: false, repeatEveryMs: null },
    },
    notifyOnOk: false,
    quietHours: { enabled: false, from: '22:00', to: '07:00' },
    mutes: [],
    acknowledgementExpiresMs: null,
    views: [],
    metrics: { capUsdPerHour: 1, refreshSeconds: 60 },
    localRules: [],
    logs: defaultLogSettings,
    integrations: [],
    runbooks: { folders: [] },
  };
}
