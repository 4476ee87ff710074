import { ActionIcon, Button } from '@mantine/core';
import { IconBell, IconBellOff, IconInbox, IconStack2, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { InboxItem } from '../../shared/incidents/incident';
import { severityLabel } from '../../shared/notify/severity-label';
import { ask } from '../bridge';
import { useInbox } from '../stores/inbox';
import { useNavigation } from '../stores/navigation';
import { useTimeZone } from '../stores/settings';
import { showFailure } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { formatFull, formatWhen, useNow } from '../ui/time';
import styles from './inbox.module.css';

/** Items put on the page at once; older ones on request. */
const PAGE = 100;
/** The contract's limit for one call. */
const MOST_AT_ONCE = 10_000;

async function markRead(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  try {
    await ask('inbox.markRead', ids.slice(0, MOST_AT_ONCE));
  } catch (error) {
    showFailure(error, 'inbox.markRead');
  }
}

function DeliveryIcon({ delivery }: { delivery: InboxItem['delivery'] }) {
  switch (delivery) {
    case 'popup':
      return <IconBell size={13} aria-hidden />;
    case 'grouped':
      return <IconStack2 size={13} aria-hidden />;
    case 'in-app':
      return <IconInbox size={13} aria-hidden />;
    case 'failed':
      return <IconBellOff size={13} aria-hidden />;
    default:
      return assertNever(delivery);
  }
}

/** How it reached the engineer, or why only here. */
export function deliveryText(item: Pick<InboxItem, 'delivery' | 'deliveryNote'>): string {
  const note = item.deliveryNote === null ? '' : `: ${item.deliveryNote}`;
  switch (item.delivery) {
    case 'popup':
      return `popup${note}`;
    case 'grouped':
      return `in a group popup${note}`;
    case 'in-app':
      return `only here${note}`;
    case 'failed':
      return `popup failed${note}`;
    default:
      return assertNever(item.delivery);
  }
}

function Item({ item, now }: { item: InboxItem; now: number }) {
  const zone = useTimeZone();
  const showAlarm = useNavigation((state) => state.showAlarm);
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        data-unread={!item.read}
        onClick={() => {
          if (!item.read) void markRead([item.id]);
          if (item.alarmKey !== null) showAlarm(item.alarmKey);
        }}
      >
        <span className={item.read ? styles.dot : `${styles.dot} ${styles.unread}`}>
          {!item.read && <span className="nd-visually-hidden">Unread: </span>}
        </span>
        <span className={styles.title}>{safeText(item.title)}</span>
        <time
          className={styles.when}
          dateTime={new Date(item.at).toISOString()}
          title={formatFull(item.at, zone)}
        >
          {formatWhen(item.at, now, zone)}
        </time>
        {item.body !== '' && <span className={styles.body}>{safeText(item.body)}</span>}
        <span className={styles.how}>
          <span style={{ color: `var(--nd-${item.severity}-text)` }}>
            {severityLabel(item.severity)}
          </span>
          <DeliveryIcon delivery={item.delivery} />
          {safeText(deliveryText(item))}
        </span>
      </button>
    </li>
  );
}

/** Everything the engineer was told or should have been, newest first: the popup may fail, this may not. */
export function InboxPanel() {
  const items = useInbox((state) => state.items);
  const unread = useInbox((state) => state.unread);
  const setOpen = useNavigation((state) => state.setInboxOpen);
  const now = useNow(30_000);
  const [shown, setShown] = useState(PAGE);
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <h2>Inbox{unread > 0 && ` · ${unread} unread`}</h2>
        <Button
          size="compact-xs"
          variant="default"
          disabled={unread === 0}
          onClick={() => void markRead(items.filter((item) => !item.read).map((item) => item.id))}
        >
          Mark all read
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Close the inbox"
          onClick={() => setOpen(false)}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
      {items.length === 0 ? (
        <div className={styles.empty}>
          <p>Nothing yet. Every alarm you are told about is listed here, popup or not.</p>
        </div>
      ) : (
        <ul className={styles.list}>
          {items.slice(0, shown).map((item) => (
            <Item key={item.id} item={item} now={now} />
          ))}
          {items.length > shown && (
            <li>
              <Button fullWidth variant="subtle" onClick={() => setShown(shown + PAGE)}>
                {items.length - shown} older
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
