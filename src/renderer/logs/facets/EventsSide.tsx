/** Left of the lines: their fields, or their patterns; can be put away. */
import { usePane } from '../events/pane';
import { Patterns } from '../patterns/Patterns';
import { Facets } from './Facets';
import classes from './facets.module.css';
import { useFacetState } from './store';
import type { SideTab } from './store';

const tabs: readonly { id: SideTab; label: string }[] = [
  { id: 'fields', label: 'Fields' },
  { id: 'patterns', label: 'Patterns' },
];

export function EventsSide() {
  const tab = useFacetState((state) => state.tab);
  const setTab = useFacetState((state) => state.setTab);
  const gone = usePane((pane) => pane.gone);
  if (tab === null) {
    return (
      <button
        type="button"
        className={classes['opener']}
        aria-label="Show fields and patterns"
        title="Show fields and patterns"
        onClick={() => setTab('fields')}
      >
        ›
      </button>
    );
  }
  return (
    <aside className={classes['side']} aria-label="Fields and patterns">
      <div className={classes['tabs']}>
        {tabs.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className={classes['tab']}
            aria-pressed={id === tab}
            onClick={() => setTab(id)}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          className={classes['closer']}
          aria-label="Put fields and patterns away"
          title="Put fields and patterns away"
          onClick={() => setTab(null)}
        >
          ‹
        </button>
      </div>
      <div className={classes['content']}>
        {gone ? (
          <p className={classes['none']}>No lines yet.</p>
        ) : tab === 'fields' ? (
          <Facets />
        ) : (
          <Patterns />
        )}
      </div>
    </aside>
  );
}
