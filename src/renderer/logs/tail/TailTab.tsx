/** Live tail: lines as they are written, paused without losing any. */
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useLayoutEffect } from 'react';
import { useStore } from 'zustand';
import { elasticSourceId } from '../../../shared/logs/elastic';
import { patternLanguage } from '../../../shared/logs/elastic-pattern';
import { registerPageCommands } from '../../shell/page-commands';
import { safeText } from '../../ui/safe-text';
import { EventsPane } from '../events/EventsPane';
import type { Pane } from '../events/pane';
import { focusGroupSearch, GroupPicker, GroupPickerButton } from '../picker/GroupPicker';
import { patternMistake } from '../search/pattern-check';
import { filterFieldId } from '../search/use-search-keys';
import { useLogs } from '../store';
import classes from './tail.module.css';
import { isFollowing, markWords, startTail, stopTail, tooMany, useTail } from './tail-run';
import { TargetStates } from './TargetStates';

const placeholders = {
  cloudwatch: 'CloudWatch filter pattern; empty follows every line',
  lucene: 'Lucene query; empty follows every line',
  both: 'For CloudWatch and others alike; empty follows every line',
};

function useTailKeys(): void {
  useLayoutEffect(
    () =>
      registerPageCommands({
        filter: () => {
          const filter = document.getElementById(filterFieldId);
          const field = filter?.querySelector<HTMLElement>('input, textarea, [contenteditable]');
          if (!focusGroupSearch()) (field ?? filter)?.focus();
        },
      }),
    [],
  );
}

export function TailTab() {
  useTailKeys();
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
          busy={isFollowing(current)}
          window={null}
          coverage={null}
          hasPattern={current.tail.pattern !== ''}
        />
      )}
    </div>
  );
}

function TailBar() {
  const current = useTail((state) => state.current);
  const pattern = useTail((state) => state.pattern);
  const marked = useTail((state) => state.marked);
  const chosen = useLogs((state) => state.chosen);
  const following = isFollowing(current);
  const language = patternLanguage(
    chosen.map(({ connectionId }) => elasticSourceId(connectionId) !== null),
  );
  const mistake = language === 'lucene' ? null : patternMistake(pattern);
  const many = following ? null : tooMany(chosen);
  return (
    <form
      className={classes['bar']}
      aria-label="Live tail"
      onSubmit={(event) => {
        event.preventDefault();
        if (!following) void startTail();
      }}
    >
      <GroupPickerButton />
      <input
        className={classes['field']}
        aria-label="Filter pattern of the tail"
        aria-invalid={mistake !== null}
        aria-describedby={mistake === null ? undefined : 'tail-pattern-mistake'}
        placeholder={placeholders[language]}
        spellCheck={false}
        value={pattern}
        disabled={following}
        onChange={(event) => useTail.setState({ pattern: event.currentTarget.value })}
      />
      <input
        className={classes['words']}
        aria-label="Words to mark"
        placeholder="Mark words: timeout, retry"
        spellCheck={false}
        value={marked}
        onChange={(event) => markWords(event.currentTarget.value)}
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
        <Button size="xs" type="submit" disabled={chosen.length === 0 || many !== null}>
          Follow
        </Button>
      )}
      {mistake !== null && (
        <span id="tail-pattern-mistake" className={classes['mistake']} role="status">
          {safeText(mistake)}
        </span>
      )}
      {many !== null && (
        <span className={classes['mistake']} role="status">
          {safeText(many)}
        </span>
      )}
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
