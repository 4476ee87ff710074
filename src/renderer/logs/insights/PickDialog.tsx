/** A list of queries to open: typed into to narrow, arrows to move, Enter to open. */
import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { safeMultiline, safeText } from '../../ui/safe-text';
import classes from './pick.module.css';

export interface Pick {
  id: string;
  title: string;
  /** Dim words behind the title. */
  detail: string;
  /** Heading under which it stands. */
  under: string;
  query: string;
  /** More on the right: buttons. */
  more?: ReactNode;
}

interface Props {
  title: string;
  picks: readonly Pick[];
  /** Said below the list, and in its place where it is empty. */
  note: string | null;
  onPick(id: string): void;
  onClose(): void;
  children?: ReactNode;
}

const MOST = 300;

const optionId = (place: number): string => `insights-pick-${place}`;

export function narrowed(picks: readonly Pick[], typed: string): readonly Pick[] {
  const parts = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return picks.filter(({ title, detail, under, query }) => {
    const text = `${title} ${detail} ${under} ${query}`.toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}

export function PickDialog({ title, picks, note, onPick, onClose, children }: Props) {
  const [typed, setTyped] = useState('');
  const [place, setPlace] = useState(0);
  const found = narrowed(picks, typed).slice(0, MOST);
  const at = Math.min(place, Math.max(0, found.length - 1));
  const pick = (id: string): void => {
    onPick(id);
    onClose();
  };
  const goTo = (next: number): void => {
    const inside = Math.max(0, Math.min(found.length - 1, next));
    setPlace(inside);
    document.getElementById(optionId(inside))?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const chosen = found[at];
    if (by !== 0) goTo(at + by);
    else if (event.key === 'Enter' && chosen !== undefined) pick(chosen.id);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <TextInput
        data-autofocus
        size="sm"
        aria-label="Narrow the list"
        placeholder="Narrow by name or text"
        role="combobox"
        aria-expanded
        aria-controls="insights-picks"
        aria-activedescendant={found.length === 0 ? undefined : optionId(at)}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      {found.length > 0 && (
        <div id="insights-picks" className={classes['list']} role="listbox" aria-label={title}>
          {found.map((one, index) => (
            <Option
              key={one.id}
              pick={one}
              place={index}
              active={index === at}
              heading={one.under !== found[index - 1]?.under}
              onPick={() => pick(one.id)}
            />
          ))}
        </div>
      )}
      {found.length === 0 && picks.length > 0 && (
        <p className={classes['note']}>Nothing in the list has these words.</p>
      )}
      {note !== null && (
        <p className={classes['note']} role="status">
          {safeText(note)}
        </p>
      )}
      {children}
    </Modal>
  );
}

interface OptionProps {
  pick: Pick;
  place: number;
  active: boolean;
  heading: boolean;
  onPick(): void;
}

function Option({ pick, place, active, heading, onPick }: OptionProps) {
  return (
    <>
      {heading && (
        <div className={classes['heading']} role="presentation">
          {safeText(pick.under)}
        </div>
      )}
      <div
        id={optionId(place)}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        className={classes['option']}
        onClick={onPick}
      >
        <span className={classes['title']}>
          {safeText(pick.title)} <span className={classes['dim']}>{safeText(pick.detail)}</span>
        </span>
        <code className={classes['query']}>{safeMultiline(pick.query.slice(0, 400))}</code>
      </div>
    </>
  );
}
