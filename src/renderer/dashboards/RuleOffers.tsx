/** Alerts of a Grafana dashboard: each can become a rule that the console evaluates itself. */
import { Button } from '@mantine/core';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import { saveSettings, useSettings } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { formatDuration } from '../ui/time';
import classes from './DriftTable.module.css';

interface Props {
  rules: readonly LocalRule[];
  connectionId: string;
  region: string;
}

/** `avg over 5 min > 2000 for 5 min`. */
function condition(rule: LocalRule): string {
  const window = formatDuration(rule.windowSeconds * 1000);
  const held = rule.forSeconds === 0 ? '' : ` for ${formatDuration(rule.forSeconds * 1000)}`;
  return `${rule.reducer} over ${window} ${rule.comparison} ${rule.threshold}${held}`;
}

async function add(rule: LocalRule, { connectionId, region }: Props): Promise<void> {
  const settings = useSettings.getState().settings;
  if (settings === null) return;
  const before = settings.localRules;
  const own: LocalRule = { ...rule, id: crypto.randomUUID(), connectionId, region, enabled: true };
  try {
    await saveSettings({ localRules: [...before, own] });
    showToast({
      level: 'done',
      text: `Added the local rule ${rule.name}`,
      detail: null,
      action: {
        label: 'Undo',
        run: () => {
          const now = useSettings.getState().settings?.localRules ?? [];
          saveSettings({ localRules: now.filter(({ id }) => id !== own.id) }).catch(
            (error: unknown) => showFailure(error, 'settings.update'),
          );
        },
      },
    });
  } catch (error) {
    showFailure(error, 'settings.update');
  }
}

export function RuleOffers(props: Props) {
  const known = useSettings((state) => state.settings?.localRules ?? null);
  return (
    <section aria-label="Alerts" className={classes['section']}>
      <p>
        Grafana evaluates these alerts; Nightdesk can do so too, and tell you as of any other alarm.
      </p>
      <ul className={classes['list']}>
        {props.rules.map((rule) => {
          const there = known?.some(({ name, connectionId }) => {
            return name === rule.name && connectionId === props.connectionId;
          });
          return (
            <li key={rule.id} className={classes['alarm']} data-state="same">
              <div className={classes['head']}>
                <strong>{safeText(rule.name)}</strong>
                <span className={classes['line']}>{condition(rule)}</span>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={there === true}
                  onClick={() => void add(rule, props)}
                >
                  {there === true ? 'Added' : 'Add as a local rule'}
                </Button>
              </div>
              {rule.description !== '' && <p>{safeText(rule.description)}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
