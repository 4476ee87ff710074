/** What the handbook says to do about the alarm: a button each, the closest first. */
import { Button, Menu } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { RunbookEntry } from '../../shared/runbooks/listing';
import { openRunbooksFor, runForAlarm } from '../runbooks/actions';
import { useRunbookListingKept } from '../runbooks/listing-store';
import { ClassTag } from '../runbooks/page/ClassTag';
import { useRunbooksOf } from '../runbooks/page/use-belonging';
import { safeText } from '../ui/safe-text';
import styles from './detail.module.css';

/** More are in the menu. */
const MOST_BUTTONS = 3;

export function RunbookButtons({ alarmKey }: { alarmKey: string }) {
  useRunbookListingKept();
  const entries = useRunbooksOf(alarmKey);
  if (entries.length === 0) return null;
  const more = entries.slice(MOST_BUTTONS);
  return (
    <section className={styles.section} aria-labelledby="runbooks-heading">
      <h2 id="runbooks-heading">Runbooks</h2>
      <div className={styles.runbooks}>
        {entries.slice(0, MOST_BUTTONS).map((entry) => (
          <RunButton key={entry.id} entry={entry} alarmKey={alarmKey} />
        ))}
        <Menu position="bottom-start" shadow="md">
          <Menu.Target>
            <Button size="xs" variant="subtle" color="gray">
              {more.length === 0 ? 'All…' : `${more.length} more…`}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((entry) => (
              <Menu.Item
                key={entry.id}
                rightSection={<ClassTag of={entry.class} />}
                onClick={() => void runForAlarm(entry, alarmKey)}
              >
                {safeText(entry.name)}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => openRunbooksFor(alarmKey, entries[0])}>
              Show the runbooks
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  );
}

function RunButton({ entry, alarmKey }: { entry: RunbookEntry; alarmKey: string }) {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlayerPlay size={13} aria-hidden />}
      rightSection={<ClassTag of={entry.class} />}
      onClick={() => void runForAlarm(entry, alarmKey)}
    >
      {safeText(entry.name)}
    </Button>
  );
}
