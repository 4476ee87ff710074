/** What can be done to the marked alarms together. */
import { Button } from '@mantine/core';
import { useList } from '../stores/list';
import { acknowledge, askSnooze } from './actions';
import classes from './BulkBar.module.css';

export function BulkBar() {
  const marked = useList((state) => state.marked);
  if (marked.size === 0) return null;
  const keys = [...marked];
  const clear = useList.getState().clearMarks;
  return (
    <div className={classes['bar']} role="toolbar" aria-label="Marked alarms">
      <span className={classes['count']}>{marked.size.toLocaleString('en')} marked</span>
      <Button size="compact-xs" onClick={() => void acknowledge(keys).then(clear)}>
        Acknowledge marked
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => askSnooze(keys)}>
        Snooze marked
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={clear}>
        Clear
      </Button>
    </div>
  );
}
