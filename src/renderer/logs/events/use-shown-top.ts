/** What is drawn while rows are on their way: the rows before, so that no frame is blank. */
import { useEffect, useState } from 'react';

interface Top {
  row: number;
  part: number;
}

/** Longer than this nothing old is shown: then it is said that rows are on their way. */
const LONGEST_WAIT_MS = 250;

/** @param has whether the rows from this one on, as many as are in sight, are there */
export function useShownTop(wanted: Top, has: (row: number) => boolean): Top {
  const [shown, setShown] = useState(wanted);
  const [late, setLate] = useState(false);
  const ready = has(wanted.row);
  const isShown = shown.row === wanted.row && shown.part === wanted.part;
  if (!isShown && (ready || late)) setShown(wanted);
  if (ready && late) setLate(false);
  const waiting = !ready && !late;
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setLate(true), LONGEST_WAIT_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return ready || late ? wanted : shown;
}
