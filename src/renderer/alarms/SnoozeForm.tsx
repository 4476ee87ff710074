/** How long: four lengths on the keys 1 to 4, or one's own. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useList } from '../stores/list';
import { useTimeZone } from '../stores/settings';
import { formatWhen, zoneLabel } from '../ui/time';
import { snooze } from './actions';
import classes from './Forms.module.css';
import { parseSnooze, snoozeChoices } from './snooze-choices';

export function SnoozeForm({ alarmKeys, onDone }: { alarmKeys: string[]; onDone: () => void }) {
  const zone = useTimeZone();
  const [now] = useState(() => Date.now());
  const [custom, setCustom] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const choices = snoozeChoices(now, zone);
  const parsed = parseSnooze(custom, now, zone);

  const choose = (until: number): void => {
    onDone();
    void snooze(alarmKeys, until, zone).then(() => useList.getState().clearMarks());
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const until = parseSnooze(custom, Date.now(), zone);
    if (until === null) setProblem('Write a length like 45m or 1h 30m, or a time like 06:30');
    else choose(until);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
    const choice = choices[Number(event.key) - 1];
    if (choice === undefined) return;
    // The dialog is gone once chosen, and the key must not mean anything else as well.
    event.preventDefault();
    choose(choice.until);
  };
  return (
    <div className={classes['form']} onKeyDown={onKeyDown}>
      {choices.map((choice, at) => (
        <Button
          key={choice.label}
          variant="default"
          justify="space-between"
          data-autofocus={at === 0 ? true : undefined}
          rightSection={<kbd aria-hidden>{at + 1}</kbd>}
          onClick={() => choose(choice.until)}
        >
          {choice.label}
        </Button>
      ))}
      <form onSubmit={submit} className={classes['custom']}>
        <TextInput
          className={classes['grow']}
          aria-label="Custom length or time"
          placeholder="45m, 1h 30m or 06:30"
          value={custom}
          error={problem}
          onChange={(event) => {
            setCustom(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <Button type="submit" variant="default">
          Snooze for this
        </Button>
      </form>
      <p className={classes['hint']}>
        {parsed === null
          ? `Times are ${zoneLabel(now, zone)}.`
          : `Until ${formatWhen(parsed, now, zone)} ${zoneLabel(parsed, zone)}.`}
      </p>
    </div>
  );
}
