import { Button, Menu } from '@mantine/core';
import type { DemoScenario } from '../../shared/ipc';
import { ask } from '../bridge';
import { useApp } from '../stores/app';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import styles from './first-run.module.css';

/** Starts one of the demo's incidents; also for the command palette. */
export async function runScenario(scenario: DemoScenario): Promise<void> {
  try {
    await ask('demo.run', scenario.id);
    showToast({
      level: 'done',
      text: `Demo: ${safeText(scenario.title)}`,
      detail: safeText(scenario.description),
      action: null,
    });
  } catch (error) {
    showFailure(error, 'demo.run');
  }
}

/** The demo's incidents; nothing outside the demo. */
export function DemoMenu() {
  const demo = useApp((state) => state.demo);
  const scenarios = useApp((state) => state.scenarios);
  if (!demo || scenarios.length === 0) return null;
  return (
    <Menu position="top-end" shadow="md">
      <Menu.Target>
        <Button size="compact-xs" variant="default">
          Demo
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Play an incident</Menu.Label>
        {scenarios.map((scenario) => (
          <Menu.Item
            key={scenario.id}
            className={styles.scenario}
            disabled={scenario.running}
            onClick={() => void runScenario(scenario)}
          >
            {safeText(scenario.title)}
            <small>{scenario.running ? 'Running now' : safeText(scenario.description)}</small>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
