/** The detail's left edge: dragged, or moved by arrows. */
import type { KeyboardEvent, PointerEvent } from 'react';
import classes from './detail.module.css';
import { NARROWEST, useDetailWidth, WIDEST } from './width';

const STEP_PX = 24;

export function WidthHandle() {
  const { px, set, reset } = useDetailWidth();
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const handle = event.currentTarget;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => set(px + from - moved.clientX);
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('lostpointercapture', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? STEP_PX : event.key === 'ArrowRight' ? -STEP_PX : null;
    if (by === null) return;
    event.preventDefault();
    event.stopPropagation();
    set(px + by);
  };
  return (
    <div
      className={classes['handle']}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the line’s detail"
      aria-valuenow={px}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onDoubleClick={reset}
      onKeyDown={onKeyDown}
    />
  );
}
