/** Alerts of a Grafana dashboard: the console can evaluate them itself, as local rules. */
import { Button } from '@mantine/core';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import { saveSettings, useSettings } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { formatDuration } from '../ui/time';
import type { DashboardPlace } from './store';
import classes from './alarms-tab.module.css';

function conditionOf(rule: LocalRule): string {
  const window = formatDuration(rule.windowSeconds * 1_000);
  const held = rule.forSeconds === 0 ? '' : ` for ${formatDuration(rule.forSeconds * 1_000)}`;
  return `${rule.reducer} of ${window} ${rule.comparison} ${rule.threshold}${held}, looked at every ${formatDuration(rule.everySeconds * 1_000)}`;
}

/** A file knows no connection of this console: the one picked on the page is put in. */
async function add(rule: LocalRule, place: DashboardPlace): Promise<void> {
  const known = useSettings.getState().settings?.localRules ?? [];
  const added: LocalRule = { ...rule, ...place };
  try {
    await saveSettings({ localRules: [...known.filter(({ id }) => id !== rule.id), added] });
    showToast({ level: 'done', text: `Added ${rule.name}`, detail: null, action: null });
  } catch (error) {
    showFailure(error, 'settings.update');
  }
}

export function FileRules({
  rules,
  place,
}: {
  rules: readonly LocalRule[];
  place: DashboardPlace | null;
}) {
  const known = useSettings((state) => state.settings?.localRules);
  return (
    <div className={classes['tab']} tabIndex={0} role="region" aria-label="Alerts of the file">
      <p className={classes['sum']}>
        Grafana evaluates these itself. Added as local rules, this console does too while it runs.
      </p>
      <ul className={classes['alarms']}>
        {rules.map((rule) => {
          const there = known?.some(({ id }) => id === rule.id) ?? false;
          return (
            <li key={rule.id} className={classes['alarm']}>
              <div className={classes['line']}>
                <strong>{safeText(rule.name)}</strong>
                <span className={classes['where']}>{conditionOf(rule)}</span>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={there || place === null}
                  onClick={() => {
                    if (place !== null) void add(rule, place);
                  }}
                >
                  {there ? 'Added' : 'Add as local rule'}
                </Button>
              </div>
              {rule.description !== '' && <p>{safeText(rule.description)}</p>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
