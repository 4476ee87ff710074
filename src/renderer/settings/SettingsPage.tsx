import { useState } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { Settings } from '../../shared/settings/settings';
import { ConnectionsSection } from '../connections/ConnectionsSection';
import { useSettings } from '../stores/settings';
import { AboutSection } from './AboutSection';
import { AppearanceSection } from './AppearanceSection';
import { GeneralSection } from './GeneralSection';
import { IntegrationsSection } from './IntegrationsSection';
import { LogsSection } from './LogsSection';
import { LogSourcesSection } from './LogSourcesSection';
import { MetricsSection } from './MetricsSection';
import { LocalRulesSection } from './LocalRulesSection';
import { MutesSection } from './MutesSection';
import { NotificationsSection } from './NotificationsSection';
import { SeveritySection } from './SeveritySection';
import styles from './settings.module.css';

const sections = [
  ['connections', 'Connections'],
  ['severity', 'Severity rules'],
  ['local-rules', 'Local rules'],
  ['notifications', 'Notifications'],
  ['mutes', 'Mutes'],
  ['metrics', 'Metrics and cost'],
  ['logs', 'Logs'],
  ['log-sources', 'Log sources'],
  ['integrations', 'Integrations'],
  ['appearance', 'Appearance'],
  ['general', 'General'],
  ['about', 'About'],
] as const;
type SectionName = (typeof sections)[number][0];

function Section({ name, settings }: { name: SectionName; settings: Settings }) {
  switch (name) {
    case 'connections':
      return <ConnectionsSection />;
    case 'severity':
      return <SeveritySection settings={settings} />;
    case 'local-rules':
      return <LocalRulesSection settings={settings} />;
    case 'notifications':
      return <NotificationsSection settings={settings} />;
    case 'mutes':
      return <MutesSection settings={settings} />;
    case 'metrics':
      return <MetricsSection settings={settings} />;
    case 'logs':
      return <LogsSection settings={settings} />;
    case 'log-sources':
      return <LogSourcesSection settings={settings} />;
    case 'integrations':
      return <IntegrationsSection settings={settings} />;
    case 'appearance':
      return <AppearanceSection settings={settings} />;
    case 'general':
      return <GeneralSection settings={settings} />;
    case 'about':
      return <AboutSection />;
    default:
      return assertNever(name);
  }
}

/** Everything that can be chosen, saved at once, section by section. */
export function SettingsPage() {
  const settings = useSettings((state) => state.settings);
  const [current, setCurrent] = useState<SectionName>('connections');
  return (
    <div className={styles.page}>
      <nav className={styles.nav} aria-label="Settings">
        <h1>Settings</h1>
        {sections.map(([name, label]) => (
          <button
            key={name}
            type="button"
            aria-current={name === current ? 'page' : undefined}
            onClick={() => setCurrent(name)}
          >
            {label}
          </button>
        ))}
      </nav>
      <div className={styles.body}>
        <div className={styles.column}>
          {settings !== null && <Section name={current} settings={settings} />}
        </div>
      </div>
    </div>
  );
}
