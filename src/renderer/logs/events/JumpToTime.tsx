/** Goes to the first line at or after a time. */
import { Button, Popover, TextInput } from '@mantine/core';
import { IconClockSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { fieldMoment, fieldText } from '../../dashboards/local-time';
import { useTimeZone } from '../../stores/settings';
import classes from './events.module.css';
import { usePane, usePaneClient, usePaneStore } from './pane';
import { ToolButton } from './ToolButton';

export function JumpToTime() {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <ToolButton
          label="Go to a time"
          pressed={opened}
          onClick={() => setOpened(!opened)}
          icon={<IconClockSearch size={15} aria-hidden />}
        />
      </Popover.Target>
      <Popover.Dropdown>{opened && <Form close={() => setOpened(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function Form({ close }: { close: () => void }) {
  const pane = usePaneStore();
  const client = usePaneClient();
  const zone = useTimeZone();
  const goTo = usePane((state) => state.goTo);
  const [text, setText] = useState(() => fieldText(Date.now(), zone));
  const [problem, setProblem] = useState<string | null>(null);
  const jump = async (): Promise<void> => {
    const timeMs = fieldMoment(text, zone);
    if (timeMs === null) {
      setProblem('That is no time.');
      return;
    }
    const { dataset, view, state } = pane.getState();
    try {
      const place = await client.ask('placeOf', { dataset, view, at: { timeMs } });
      goTo(Math.max(0, Math.min(place, (state?.count ?? 1) - 1)));
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form
      className={classes['jump']}
      onSubmit={(event) => {
        event.preventDefault();
        void jump();
      }}
    >
      <TextInput
        size="xs"
        type="datetime-local"
        step={1}
        label={`Time (${zone === 'utc' ? 'UTC' : 'local'})`}
        value={text}
        error={problem}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button size="xs" type="submit">
        Go
      </Button>
    </form>
  );
}
