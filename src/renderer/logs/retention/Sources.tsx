/** Accounts and regions whose groups are not all in the audit: what is missing is not taken for in order. */
import { useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { useGroups } from '../groups';
import { whereText } from './audit-rows';
import classes from './retention.module.css';

export function Sources() {
  const sources = useGroups((state) => state.sources);
  const labels = useConnections((state) => state.labels);
  const failed = sources.filter(({ failure }) => failure !== null);
  const loading = sources.filter(({ phase, failure }) => phase === 'loading' && failure === null);
  if (failed.length === 0 && loading.length === 0) return <span />;
  return (
    <ul className={classes['sources']} aria-label="What the audit is without">
      {loading.length > 0 && (
        <li>
          Still asking {safeText(loading.map((source) => whereText(source, labels)).join(', '))}:
          the figures are without what has not come.
        </li>
      )}
      {failed.map((source) => (
        <li key={`${source.connectionId} ${source.region}`} data-bad>
          {safeText(whereText(source, labels))}:{' '}
          {safeText(`${source.failure?.message ?? ''} ${source.failure?.advice ?? ''}`)}{' '}
          {source.phase === 'stale'
            ? 'Its groups are as they were told before.'
            : 'Its groups are not in the audit.'}
        </li>
      ))}
    </ul>
  );
}
