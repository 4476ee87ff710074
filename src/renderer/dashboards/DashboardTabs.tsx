/** A file may hold several dashboards, alarms and rules: one tab each. */
import type { Dashboard } from '../../shared/dashboards/dashboard';
import type { DeclaredAlarm, ReadResult } from '../../shared/dashboards/read-result';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import { safeText } from '../ui/safe-text';
import classes from './page.module.css';

export type Tab =
  | { kind: 'dashboard'; id: string; label: string; dashboard: Dashboard }
  | { kind: 'alarms'; id: string; label: string; alarms: DeclaredAlarm[] }
  | { kind: 'rules'; id: string; label: string; rules: LocalRule[] };

export function tabsOf(read: Extract<ReadResult, { kind: 'read' }>): Tab[] {
  const tabs: Tab[] = read.dashboards.map((dashboard, at) => ({
    kind: 'dashboard',
    id: `dashboard-${at}`,
    label: dashboard.name === '' ? 'Dashboard' : dashboard.name,
    dashboard,
  }));
  if (read.alarms.length > 0) {
    const label = `Alarms (${read.alarms.length})`;
    tabs.push({ kind: 'alarms', id: 'alarms', label, alarms: read.alarms });
  }
  if (read.rules.length > 0) {
    const label = `Alerts (${read.rules.length})`;
    tabs.push({ kind: 'rules', id: 'rules', label, rules: read.rules });
  }
  return tabs;
}

interface Props {
  tabs: readonly Tab[];
  current: Tab | undefined;
  onChange(id: string): void;
}

export function DashboardTabs({ tabs, current, onChange }: Props) {
  return (
    <div className={classes['tabs']} role="group" aria-label="Parts of the file">
      {tabs.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === current?.id}
          title={safeText(label)}
          onClick={() => onChange(id)}
        >
          {safeText(label)}
        </button>
      ))}
    </div>
  );
}
