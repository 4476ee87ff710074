/** What is chosen, each with a way to let it go: also a group that is no longer listed. */
import { IconX } from '@tabler/icons-react';
import { connectionLabel, useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { useLogs } from '../store';
import { groupKey } from './picker-list';
import classes from './picker.module.css';

/** More are counted, not listed. */
const SHOWN = 12;

export function ChosenGroups() {
  const chosen = useLogs((state) => state.chosen);
  const byId = useConnections((state) => state.byId);
  const { toggle, choose } = useLogs.getState();
  if (chosen.length === 0) return null;
  const more = chosen.length - SHOWN;
  return (
    <div className={classes['chosen']} role="group" aria-label={`${chosen.length} chosen`}>
      {chosen.slice(0, SHOWN).map((group) => {
        const name = safeText(group.name);
        return (
          <button
            key={groupKey(group)}
            type="button"
            className={classes['chip']}
            aria-label={`Let go of ${name}`}
            title={`${name}\n${safeText(connectionLabel(byId, group.connectionId))} · ${group.region}`}
            onClick={() => toggle(group)}
          >
            <span>{name}</span>
            <IconX size={12} aria-hidden />
          </button>
        );
      })}
      {more > 0 && <span className={classes['count']}>and {more.toLocaleString('en')} more</span>}
      <button type="button" className={classes['link']} onClick={() => choose([])}>
        Clear
      </button>
    </div>
  );
}
