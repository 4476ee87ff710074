/** Namespaces and metrics to choose from. */
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useConnections } from '../stores/connections';
import { safeText } from '../ui/safe-text';
import { MetricGrid } from './MetricGrid';
import classes from './metrics.module.css';
import { NamespaceList } from './NamespaceList';
import { PlacePicker } from './PlacePicker';
import { metricKey } from '../../shared/metrics/metric-key';
import { addMetric, chartedKeys, removeMetric } from './scratch';
import { atPlace, useMetrics } from './store';
import type { Place } from './store';
import type { Catalog } from './use-catalog';

export const searchFieldId = 'nd-metric-search';

const count = (value: number): string => value.toLocaleString('en');

/** One line under the search field: how far the list goes and how far it is known. */
function Status({ catalog }: { catalog: Catalog }) {
  const { state, total, rows } = catalog;
  const reading = catalog.waiting || state?.phase === 'loading';
  const shown =
    rows.length < total ? `first ${count(rows.length)} of ${count(total)}` : count(total);
  return (
    <p className={classes['status']} role="status">
      {reading && (
        <span>
          Reading the list of metrics… {state === null ? '' : `${count(state.count)} so far`}
        </span>
      )}
      {!reading && state !== null && (
        <span>
          {shown} {total === 1 ? 'metric' : 'metrics'}
          {state.truncated ? ' of those read; there are more: search to narrow' : ''}
        </span>
      )}
    </p>
  );
}

function Nothing({ catalog }: { catalog: Catalog }) {
  const text = useMetrics((state) => state.text);
  const namespace = useMetrics((state) => state.namespace);
  const { search, chooseNamespace } = useMetrics.getState();
  if (catalog.failure !== null) {
    return (
      <div className={classes['nothing']} role="alert">
        <strong>{safeText(catalog.failure.message)}</strong>
        <p>{safeText(catalog.failure.advice)}</p>
        <Button size="xs" variant="default" onClick={catalog.retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (catalog.waiting || catalog.state?.phase === 'loading') {
    return <div className={classes['nothing']}>Metrics appear here as they are read.</div>;
  }
  const narrowed = text !== '' || namespace !== null;
  return (
    <div className={classes['nothing']}>
      <strong>{narrowed ? 'Nothing matches' : 'No metrics here'}</strong>
      <p>
        {narrowed
          ? 'Every word must occur in the namespace, the name or a dimension.'
          : 'CloudWatch lists metrics that had data in the last two weeks.'}
      </p>
      {narrowed && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            search('');
            chooseNamespace(null);
          }}
        >
          Show all
        </Button>
      )}
    </div>
  );
}

export function Browser({ place, catalog }: { place: Place; catalog: Catalog }) {
  const text = useMetrics((state) => state.text);
  const namespace = useMetrics((state) => state.namespace);
  const widget = useMetrics((state) => state.widget);
  const { setPlace, search, chooseNamespace, change } = useMetrics.getState();
  const accountId = useConnections(
    (state) => state.byId.get(place.connectionId)?.accountId ?? null,
  );
  const charted = useMemo(
    () => chartedKeys(widget, { region: place.region, accountId }),
    [widget, place.region, accountId],
  );
  const stale = catalog.failure !== null && catalog.rows.length > 0;
  return (
    <>
      <section className={classes['side']} aria-label="Where">
        <PlacePicker place={place} onChange={setPlace} />
        <NamespaceList
          namespaces={catalog.namespaces}
          chosen={namespace}
          onChoose={chooseNamespace}
        />
      </section>
      <section className={classes['found']} aria-label="Metric search">
        <div className={classes['searchBar']}>
          <TextInput
            id={searchFieldId}
            size="xs"
            type="search"
            aria-label="Search metrics"
            placeholder="Name, dimension or value"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={text}
            onChange={(event) => search(event.currentTarget.value)}
          />
          <Status catalog={catalog} />
          {stale && catalog.failure !== null && (
            <p className={classes['stale']} role="alert">
              {safeText(catalog.failure.message)} The list may be incomplete.
            </p>
          )}
        </div>
        {catalog.rows.length === 0 ? (
          <Nothing catalog={catalog} />
        ) : (
          <MetricGrid
            // Another search starts at its first row.
            key={`${place.connectionId} ${place.region} ${namespace ?? ''} ${text}`}
            rows={catalog.rows}
            charted={charted}
            showNamespace={namespace === null}
            onToggle={(metric) => {
              const at = atPlace(place);
              const on = charted.has(metricKey(metric));
              change((now) => (on ? removeMetric(now, metric, at) : addMetric(now, metric, at)));
            }}
          />
        )}
      </section>
    </>
  );
}
