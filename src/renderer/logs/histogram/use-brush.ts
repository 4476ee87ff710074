/** Selecting bars by dragging, and by the keyboard: arrows move, Shift and arrows select, Enter takes it. */
import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { TimeWindow } from '../../../shared/dashboards/time-range';
import { barAt, barWindow } from './buckets';
import type { Bars } from './buckets';

export interface Brush {
  /** The bar under the pointer or chosen by the keyboard. */
  cursor: number | null;
  selection: readonly [number, number] | null;
  events: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
    onPointerLeave(): void;
    onDoubleClick(): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
    onBlur(): void;
  };
}

export interface BrushOptions {
  bars: Bars | null;
  take(window: TimeWindow): void;
  /** False when there is nothing to go back from. */
  back(): boolean;
}

interface Held {
  cursor: number | null;
  /** Where the selection was begun. */
  anchor: number | null;
  dragging: boolean;
}

const NOTHING: Held = { cursor: null, anchor: null, dragging: false };

export function useBrush({ bars, take, back }: BrushOptions): Brush {
  const [held, setHeld] = useState<Held>(NOTHING);
  const last = (bars?.count ?? 1) - 1;
  const within = (bar: number | null): number | null =>
    bar === null || bars === null ? null : Math.min(last, bar);
  const cursor = within(held.cursor);
  const anchor = within(held.anchor);
  const selection =
    cursor === null || anchor === null || (held.dragging && cursor === anchor)
      ? null
      : ([anchor, cursor] as const);
  const place = (event: PointerEvent<HTMLElement>): number | null => {
    if (bars === null) return null;
    const box = event.currentTarget.getBoundingClientRect();
    return barAt(bars, event.clientX - box.left, box.width);
  };
  const takeSelection = (from: number, to: number): void => {
    // The whole of what is shown is no narrower.
    if (bars !== null && Math.abs(to - from) < last) take(barWindow(bars, from, to));
    setHeld(NOTHING);
  };
  return {
    cursor,
    selection,
    events: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        const bar = place(event);
        if (bar === null) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld({ cursor: bar, anchor: bar, dragging: true });
      },
      onPointerMove: (event) => {
        const bar = place(event);
        if (bar !== held.cursor) setHeld((before) => ({ ...before, cursor: bar }));
      },
      onPointerUp: () => {
        if (!held.dragging) return;
        if (selection !== null) takeSelection(selection[0], selection[1]);
        else setHeld({ cursor, anchor: null, dragging: false });
      },
      onPointerCancel: () => setHeld(NOTHING),
      onPointerLeave: () => {
        if (!held.dragging) setHeld(NOTHING);
      },
      onDoubleClick: () => void back(),
      onKeyDown: (event) => {
        const next = keyed(event, { cursor, anchor }, last);
        if (next === 'take' && cursor !== null) takeSelection(anchor ?? cursor, cursor);
        else if (next === 'leave') {
          // The pointer may rest on a bar: only a selection is given up before the zoom.
          setHeld(NOTHING);
          if (anchor === null && !back() && cursor === null) return;
        } else if (next !== null && next !== 'take' && bars !== null) setHeld(next);
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
      onBlur: () => setHeld(NOTHING),
    },
  };
}

type Places = Pick<Held, 'cursor' | 'anchor'>;

/** What a key asks for; null when it is none of ours. */
export function keyed(
  {
    key,
    shiftKey,
    ctrlKey,
    metaKey,
    altKey,
  }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  { cursor, anchor }: Places,
  last: number,
): Held | 'take' | 'leave' | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'Enter') return 'take';
  if (key === 'Escape') return 'leave';
  const to = moved(key, cursor, last);
  if (to === null) return null;
  return { cursor: to, anchor: shiftKey ? (anchor ?? cursor ?? to) : null, dragging: false };
}

function moved(key: string, cursor: number | null, last: number): number | null {
  const page = Math.max(1, Math.round(last / 10));
  switch (key) {
    case 'ArrowRight':
      return cursor === null ? 0 : Math.min(last, cursor + 1);
    case 'ArrowLeft':
      return cursor === null ? last : Math.max(0, cursor - 1);
    case 'PageDown':
      return Math.min(last, (cursor ?? 0) + page);
    case 'PageUp':
      return Math.max(0, (cursor ?? last) - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
