/** Fields of the lines on show with their values: what there is, and a click to narrow by it. */
import type { KeyboardEvent } from 'react';
import { safeText } from '../../ui/safe-text';
import { usePickedFields } from '../events/grid-columns';
import { usePane } from '../events/pane';
import { usesOf } from '../filter/clauses';
import { fieldEntries, openAtFirst, sampleWords, tellsApart } from './facet-model';
import { FacetField } from './FacetField';
import classes from './facets.module.css';
import { useFacetState } from './store';
import { useFacets } from './use-facets';
import { useFields } from './use-fields';

export function Facets() {
  const { columns, sample } = useFields();
  const { chosen, search, setOpen, setSearch } = useFacetState();
  const text = usePane((pane) => pane.filterText);
  const picked = usePickedFields();
  const entries = fieldEntries(columns);
  const first = new Set(openAtFirst(entries));
  const wanted = search.trim().toLowerCase();
  const found = entries.filter(({ label }) => label.toLowerCase().includes(wanted));
  const isOpen = (path: string): boolean => chosen[path] ?? first.has(path);
  const { shown, all, failure } = useFacets(
    found.filter(({ path }) => isOpen(path)).map(({ path }) => path),
  );
  const usesBy = new Map(found.map(({ path }) => [path, usesOf(text, path)]));
  const listed = found.filter(
    ({ path }) =>
      wanted !== '' ||
      chosen[path] !== undefined ||
      tellsApart(all.get(path) ?? shown.get(path), usesBy.get(path) ?? new Map()),
  );
  const few = listed.filter((entry) => isOpen(entry.path));
  const others = listed.filter((entry) => !isOpen(entry.path));
  const field = (entry: (typeof listed)[number]) => (
    <FacetField
      key={entry.path}
      entry={entry}
      open={isOpen(entry.path)}
      shown={shown.get(entry.path)}
      all={all.get(entry.path)}
      uses={usesBy.get(entry.path) ?? new Map()}
      isColumn={picked.includes(entry.path)}
      onOpen={(open) => setOpen(entry.path, open)}
    />
  );
  const sampled = sampleWords(sample);
  return (
    <div className={classes['facets']} onKeyDown={onArrow}>
      <input
        type="search"
        className={classes['search']}
        aria-label="Find a field"
        placeholder="Find a field"
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <div className={classes['list']}>
        {failure !== null && (
          <p className={classes['failure']} role="status">
            {safeText(`The fields could not be counted: ${failure}`)}
          </p>
        )}
        {few.map(field)}
        {others.length > 0 && few.length > 0 && <p className={classes['others']}>More fields</p>}
        {others.map(field)}
        {found.length === 0 && <p className={classes['note']}>No field is called that.</p>}
        {sampled !== null && columns.length > 0 && (
          <p className={classes['note']}>
            Fields found in {sample.looked.toLocaleString('en')} of {sample.of.toLocaleString('en')}{' '}
            lines.
          </p>
        )}
      </div>
    </div>
  );
}

/** Up and down from name to name and value to value. */
function onArrow(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
  const row = document.activeElement?.closest('[data-row]') ?? null;
  const at = stops.findIndex((stop) => row !== null && row.contains(stop));
  const next = stops[at + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
