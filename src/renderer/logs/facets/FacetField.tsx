/** One field at the side: its values with their counts, each to be asked for or left out. */
import { useState } from 'react';
import type { MouseEvent } from 'react';
import type { Facet } from '../../../shared/logs/engine-protocol';
import { levelOf } from '../../../shared/logs/log-event';
import { safeText } from '../../ui/safe-text';
import { toggleField } from '../events/grid-columns';
import { usePane } from '../events/pane';
import { canName, toggled } from '../filter/clauses';
import type { ValueUse } from '../filter/clauses';
import { facetValues, sampleWords } from './facet-model';
import type { FacetValue, FieldEntry } from './facet-model';
import classes from './facets.module.css';
import { MOST_VALUES } from './use-facets';

export interface FacetFieldProps {
  entry: FieldEntry;
  open: boolean;
  shown: Facet | undefined;
  all: Facet | undefined;
  uses: ReadonlyMap<string, ValueUse>;
  isColumn: boolean;
  onOpen(open: boolean): void;
}

/** Values shown before "more". */
const FIRST = 6;
const number = (count: number): string => count.toLocaleString('en');

export function FacetField(props: FacetFieldProps) {
  const { entry, open, isColumn, onOpen } = props;
  const label = safeText(entry.label);
  return (
    <section className={classes['field']} aria-label={label}>
      <div className={classes['head']} data-row>
        <button
          type="button"
          className={classes['name']}
          data-stop
          aria-expanded={open}
          title={label}
          onClick={() => onOpen(!open)}
        >
          {label}
        </button>
        {entry.share !== null && (
          <button
            type="button"
            className={classes['column']}
            aria-label={`Column ${label}`}
            aria-pressed={isColumn}
            title={isColumn ? 'Take the column away' : 'Show it as a column'}
            onClick={() => toggleField(entry.path)}
          >
            {isColumn ? '−' : '+'}
          </button>
        )}
      </div>
      {open && <Values {...props} />}
    </section>
  );
}

function Values({ entry, shown, all, uses }: FacetFieldProps) {
  const [more, setMore] = useState(false);
  if (shown === undefined) return <p className={classes['note']}>Counting…</p>;
  const values = facetValues(entry.path, shown, all, uses);
  const listed = more ? values : values.slice(0, FIRST);
  const hidden = values.length - listed.length;
  const beyond = shown.distinct - shown.values.length;
  const sample = sampleWords(shown.sample);
  return (
    <>
      <ul className={classes['values']}>
        {listed.map((value) => (
          <Value key={value.value} path={entry.path} value={value} />
        ))}
      </ul>
      {values.length === 0 && <p className={classes['note']}>In none of the lines.</p>}
      {hidden > 0 && (
        <button type="button" className={classes['more']} onClick={() => setMore(true)}>
          {number(hidden)} more
        </button>
      )}
      {more && values.length > FIRST && (
        <button type="button" className={classes['more']} onClick={() => setMore(false)}>
          fewer
        </button>
      )}
      {(beyond > 0 || shown.more) && (more || hidden === 0) && (
        <p className={classes['note']}>
          The {MOST_VALUES} most frequent of {shown.more ? 'more than ' : ''}
          {number(shown.distinct)} values.
        </p>
      )}
      {shown.missing > 0 && entry.share !== null && (
        <p className={classes['note']}>{number(shown.missing)} lines without it</p>
      )}
      {sample !== null && <p className={classes['note']}>{sample}</p>}
    </>
  );
}

function Value({ path, value }: { path: string; value: FacetValue }) {
  const text = usePane((pane) => pane.filterText);
  const setFilterText = usePane((pane) => pane.setFilterText);
  const label = safeText(value.value) || '(empty)';
  const words = `${safeText(path.replace(/^@/, ''))} ${label}`;
  const nameable = canName(path);
  // Names of groups and streams differ at their ends.
  const fromEnd = path === '@group' || path === '@stream';
  const narrow = (as: 'for' | 'out'): void => setFilterText(toggled(text, path, value.value, as));
  const onClick = (event: MouseEvent): void => narrow(event.altKey ? 'out' : 'for');
  return (
    <li
      className={classes['value']}
      data-row
      data-use={value.use}
      data-hidden={value.count === null}
    >
      <button
        type="button"
        className={classes['only']}
        data-stop
        aria-pressed={value.use === 'for'}
        aria-label={`Only ${words}, ${countWords(value)}`}
        disabled={!nameable}
        title={
          nameable
            ? `${label}\n${countWords(value)}\nClick: only these. Alt and click: without these.`
            : 'The filter cannot name this field.'
        }
        onClick={onClick}
      >
        <span
          className={classes['text']}
          data-from-end={fromEnd}
          data-level={path === '@level' ? levelOf(label) : null}
        >
          {fromEnd ? <bdi>{label}</bdi> : label}
        </span>
        <span className={classes['count']}>{number(value.count ?? value.inAll ?? 0)}</span>
      </button>
      <button
        type="button"
        className={classes['out']}
        aria-pressed={value.use === 'out'}
        aria-label={`Without ${words}`}
        disabled={!nameable}
        title="Without these"
        onClick={() => narrow('out')}
      >
        ⊖
      </button>
    </li>
  );
}

function countWords({ count, inAll }: FacetValue): string {
  if (count !== null) return `${number(count)} ${count === 1 ? 'line' : 'lines'}`;
  return inAll === null ? 'in no line' : `${number(inAll)} in all, none of them on show`;
}
