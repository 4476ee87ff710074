/** Any value as a tree that opens level by level. */
import { useState } from 'react';
import { safeMultiline, safeText } from '../../ui/safe-text';
import classes from './run.module.css';

const MOST_CHILDREN = 100;
const OPEN_DEPTH = 1;

export function OutputTree({ value, name }: { value: unknown; name: string }) {
  return (
    <div
      className={classes['tree']}
      tabIndex={0}
      role="region"
      aria-label={`What ${safeText(name)} gave`}
    >
      <ul>{isBranch(value) ? <Children of={value} depth={0} /> : <Leaf of={value} />}</ul>
    </div>
  );
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

const Leaf = ({ of }: { of: unknown }) => (
  <li className={classes['leaf']}>{safeMultiline(leafText(of))}</li>
);

const leafText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

function Children({ of, depth }: { of: object; depth: number }) {
  const [most, setMost] = useState(MOST_CHILDREN);
  const entries = Object.entries(of);
  return (
    <>
      {entries.length === 0 && <li className={classes['key']}>empty</li>}
      {entries.slice(0, most).map(([key, value]: [string, unknown]) => (
        <Node key={key} name={key} value={value} depth={depth} />
      ))}
      {entries.length > most && (
        <li>
          <button
            type="button"
            className={classes['link']}
            onClick={() => setMost(most + MOST_CHILDREN * 5)}
          >
            {entries.length - most} more
          </button>
        </li>
      )}
    </>
  );
}

function Node({ name, value, depth }: { name: string; value: unknown; depth: number }) {
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  if (!isBranch(value)) {
    return (
      <li className={classes['leaf']}>
        <span className={classes['key']}>{safeText(name)}</span> {safeMultiline(leafText(value))}
      </li>
    );
  }
  const count = Object.keys(value).length;
  return (
    <li>
      <button
        type="button"
        className={classes['branch']}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden>{open ? '▾' : '▸'} </span>
        <span className={classes['key']}>{safeText(name)}</span>{' '}
        {Array.isArray(value) ? `[${count}]` : `{${count}}`}
      </button>
      {open && (
        <ul>
          <Children of={value} depth={depth + 1} />
        </ul>
      )}
    </li>
  );
}
