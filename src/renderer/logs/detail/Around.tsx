/** Lines of the same stream before and after the selected one, and what of them may be missing. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LineAnswer } from '../../../shared/logs/engine-protocol';
import { noteExcerpt } from '../../../shared/logs/notes';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { formatClockSeconds } from '../../ui/time';
import { wordsOf } from '../events/event-words';
import { usePane } from '../events/pane';
import { useSearch } from '../search/search-run';
import classes from './detail.module.css';
import { useSurroundings } from './use-line';
import { searchAround } from './wanted-line';

const counts = [5, 20, 100] as const;

export function Around({ line }: { line: LineAnswer }) {
  const [each, setEach] = useState<number>(counts[0]);
  const { value, failure } = useSurroundings(line.seq, each);
  const select = usePane((state) => state.select);
  const zone = useTimeZone();
  const missing = useMissing();
  return (
    <section className={classes['around']} aria-label="Lines around">
      <h2>
        Around it in its stream
        <span className={classes['counts']}>
          {counts.map((count) => (
            <button
              key={count}
              type="button"
              className={classes['count']}
              aria-pressed={count === each}
              aria-label={`${count} lines each way`}
              onClick={() => setEach(count)}
            >
              ±{count}
            </button>
          ))}
        </span>
      </h2>
      {missing !== null && (
        <p className={classes['missing']}>
          {missing}{' '}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() =>
              searchAround({
                ...line.source,
                timestamp: line.timestamp,
                excerpt: noteExcerpt(line.text),
              })
            }
          >
            Fetch the lines around
          </Button>
        </p>
      )}
      {failure !== null && <p role="status">{safeText(failure)}</p>}
      {value !== null && (
        <ol className={classes['lines']}>
          {value.rows.map((row, i) => {
            const words = wordsOf(row);
            return (
              <li key={row.seq}>
                <button
                  type="button"
                  aria-current={i === value.at ? 'true' : undefined}
                  data-level={words.level}
                  onClick={() => select(row.seq)}
                >
                  <span className={classes['dim']}>
                    {formatClockSeconds(row.timestamp, zone)}.
                    {String(Math.floor(row.timestamp) % 1_000).padStart(3, '0')}
                  </span>{' '}
                  {words.level !== null && <span className={classes['level']}>{words.level} </span>}
                  {safeText(words.message.slice(0, 400))}
                </button>
              </li>
            );
          })}
        </ol>
      )}
      {value !== null && value.rows.length === 1 && (
        <p className={classes['dim']}>No other line of its stream is held here.</p>
      )}
    </section>
  );
}

/** What may be missing between and around the lines that are held; null when the time was read whole. */
function useMissing(): string | null {
  const dataset = usePane((state) => state.dataset);
  const run = useSearch((state) => (state.run?.search.searchId === dataset ? state.run : null));
  if (run === null) return 'Only lines that came while following are here.';
  if (run.search.pattern !== '') return 'Only lines that match the search are here.';
  if (run.progress?.phase !== 'done') return 'The search has not read all of its time.';
  return null;
}
