/** Which accounts' groups are not, or not freshly, listed: a missing group is never mistaken for one that is not there. */
import type { GroupSource } from '../../../shared/logs/groups';
import { connectionLabel, useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { formatAge, useNow } from '../../ui/time';
import { refreshGroups, useGroups } from '../groups';
import classes from './picker.module.css';

const ageWords = (at: number, now: number): string => {
  const age = formatAge(at, now);
  return age === 'now' ? 'a moment ago' : `${age} ago`;
};

/** Places named while they are asked. */
const NAMED = 4;

export function GroupSources() {
  const sources = useGroups((state) => state.sources);
  const told = useGroups((state) => state.told);
  const byId = useConnections((state) => state.byId);
  const now = useNow();
  const loading = sources.filter(({ phase }) => phase === 'loading');
  const troubled = sources.filter(({ failure }) => failure !== null);
  if (told && loading.length === 0 && troubled.length === 0) return null;
  const place = ({ connectionId, region }: GroupSource): string =>
    `${safeText(connectionLabel(byId, connectionId))} ${region}`;
  return (
    <div className={classes['sources']} role="status">
      {!told && <span>Asking for log groups…</span>}
      {loading.length > 0 && (
        <span>
          Asking {loading.slice(0, NAMED).map(place).join(', ')}
          {loading.length > NAMED && ` and ${loading.length - NAMED} more`}…
        </span>
      )}
      {troubled.map((source) => (
        <span key={`${source.connectionId}|${source.region}`} data-bad>
          {place(source)}: {safeText(source.failure?.message ?? '')}
          {source.asOf !== null && ` Shown as they were ${ageWords(source.asOf, now)}.`}{' '}
          <button type="button" className={classes['link']} onClick={refreshGroups}>
            Try again
          </button>
        </span>
      ))}
    </div>
  );
}
