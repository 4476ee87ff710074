/** Marks beside the scroll bar: where among all lines the ones looked for are. A click goes there. */
import { useEffect, useRef } from 'react';
import classes from './events.module.css';
import { useFind } from './find-store';
import { usePane } from './pane';

export function ScrollMarks() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useFind((state) => state.marks);
  const count = usePane(({ state }) => state?.count ?? 0);
  const goTo = usePane((state) => state.goTo);
  useEffect(() => {
    const { current } = canvas;
    const context = current?.getContext('2d');
    if (current === null || context === null || context === undefined || marks === null) return;
    const { counts } = marks;
    current.width = 1;
    current.height = counts.length;
    context.fillStyle = getComputedStyle(current).color;
    for (let at = 0; at < counts.length; at += 1) {
      if ((counts[at] ?? 0) > 0) context.fillRect(0, at, 1, 1);
    }
  }, [marks]);
  if (marks === null || marks.total === 0) return null;
  return (
    <canvas
      ref={canvas}
      className={classes['marks']}
      aria-hidden
      onClick={({ nativeEvent, currentTarget }) => {
        const share = nativeEvent.offsetY / currentTarget.clientHeight;
        goTo(Math.min(count - 1, Math.floor(share * count)));
      }}
    />
  );
}
