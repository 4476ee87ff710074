/** Live tail: lines as they are written, paused without losing any. */
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { safeText } from '../../ui/safe-text';
import { EventsPane } from '../events/EventsPane';
import type { Pane } from '../events/pane';
import { GroupPicker, GroupPickerButton } from '../picker/GroupPicker';
import { patternMistake } from '../search/pattern-check';
import { useLogs } from '../store';
import classes from './tail.module.css';
import { isFollowing, startTail, stopTail, useTail } from './tail-run';
import { TargetStates } from './TargetStates';

const wordsIn = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

export function TailTab() {
  const current = useTail((state) => state.current);
  return (
    <div className={classes['tab']}>
      <TailBar />
      <div>{current !== null && <TargetStates tail={current} />}</div>
      {current === null || current.failure !== null ? (
        <GroupPicker />
      ) : (
        <EventsPane
          key={current.tail.tailId}
          pane={current.pane}
          opened={current.opened}
          busy={isFollowing(current) || current.state === null}
          window={null}
          coverage={null}
        />
      )}
    </div>
  );
}

function TailBar() {
  const current = useTail((state) => state.current);
  const nothing = useLogs((state) => state.chosen.length === 0);
  const [pattern, setPattern] = useState(current?.tail.pattern ?? '');
  const [marked, setMarked] = useState('');
  const following = isFollowing(current);
  const mistake = patternMistake(pattern);
  const mark = (text: string): void => {
    setMarked(text);
    current?.pane.getState().setHighlights(wordsIn(text));
  };
  return (
    <form
      className={classes['bar']}
      aria-label="Live tail"
      onSubmit={(event) => {
        event.preventDefault();
        if (!following) void startTail(pattern, wordsIn(marked));
      }}
    >
      <GroupPickerButton />
      <input
        className={classes['field']}
        aria-label="Filter pattern of the tail"
        aria-invalid={mistake !== null}
        title={mistake ?? undefined}
        placeholder="CloudWatch filter pattern; empty follows every line"
        spellCheck={false}
        value={pattern}
        disabled={following}
        onChange={(event) => setPattern(event.currentTarget.value)}
      />
      <input
        className={classes['words']}
        aria-label="Words to mark"
        placeholder="Mark words: timeout, retry"
        spellCheck={false}
        value={marked}
        onChange={(event) => mark(event.currentTarget.value)}
      />
      {current !== null && following && <Pause pane={current.pane} />}
      {following ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          onClick={stopTail}
        >
          Stop
        </Button>
      ) : (
        <Button size="xs" type="submit" disabled={nothing}>
          Follow
        </Button>
      )}
      {mistake !== null && <span className={classes['mistake']}>{safeText(mistake)}</span>}
    </form>
  );
}

/** Pausing holds what is on show; what comes meanwhile is counted and kept. */
function Pause({ pane }: { pane: Pane }) {
  const paused = useStore(pane, (state) => state.paused);
  const total = useStore(pane, ({ state }) => state?.total ?? 0);
  const follow = useStore(pane, (state) => state.follow);
  const { pause, resume, select, setFollow } = pane.getState();
  const waiting = paused === null ? 0 : Math.max(0, paused.total - total);
  const held = paused !== null || follow === false;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={
        held ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />
      }
      onClick={() => {
        if (!held) return pause();
        resume();
        select(null);
        setFollow(true);
      }}
    >
      {held ? (waiting > 0 ? `Go on · ${waiting.toLocaleString('en')} new` : 'Go on') : 'Pause'}
    </Button>
  );
}
