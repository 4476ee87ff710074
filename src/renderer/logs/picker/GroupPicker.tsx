/** Chooses log groups of every connection: a few letters find one among thousands. */
import { Button, Popover } from '@mantine/core';
import { IconChevronDown, IconRefresh } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { connectionLabel, useConnections } from '../../stores/connections';
import { useSettings } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { refreshGroups, useGroups } from '../groups';
import { useLogs } from '../store';
import { ChosenGroups } from './ChosenGroups';
import { GroupRows } from './GroupRows';
import { GroupSources } from './GroupSources';
import { pickerRows } from './picker-list';
import classes from './picker.module.css';

const pageSearchId = 'log-group-search';

/** Into the search box of the page's own list; false when the page shows none. */
export function focusGroupSearch(): boolean {
  const box = document.getElementById(pageSearchId);
  box?.focus();
  return box !== null;
}

function useRows(typed: string) {
  const groups = useGroups((state) => state.groups);
  const byId = useConnections((state) => state.byId);
  const favourites = useSettings(({ settings }) => settings?.logs.favourites);
  const recent = useSettings(({ settings }) => settings?.logs.recent);
  return useMemo(
    () =>
      pickerRows({
        groups,
        typed,
        favourites: favourites ?? [],
        recent: recent ?? [],
        labelOf: (id) => connectionLabel(byId, id),
      }),
    [groups, typed, favourites, recent, byId],
  );
}

/** All groups over the page's whole height. */
export function GroupPicker() {
  return <Picker searchId={pageSearchId} />;
}

/** @param searchId of the page's own list alone; the same list in a popover over it has none */
function Picker({ searchId }: { searchId?: string }) {
  const [typed, setTyped] = useState('');
  const deferred = useDeferredValue(typed);
  const rows = useRows(deferred);
  const total = useGroups((state) => state.groups.length);
  const shown = rows.filter(({ kind }) => kind === 'group').length;
  return (
    <section className={classes['picker']} aria-label="Log groups">
      <div className={classes['top']}>
        <input
          id={searchId}
          className={classes['search']}
          type="search"
          aria-label="Search log groups"
          placeholder="Search log groups, accounts, regions"
          spellCheck={false}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && typed !== '') {
              event.stopPropagation();
              setTyped('');
            }
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              event.currentTarget
                .closest('section')
                ?.querySelector<HTMLElement>('input[type="checkbox"]')
                ?.focus();
            }
          }}
        />
        <span className={classes['count']} role="status">
          {typed.trim() === ''
            ? `${total.toLocaleString('en')} groups`
            : `${shown.toLocaleString('en')} of ${total.toLocaleString('en')}`}
        </span>
        <button
          type="button"
          className={classes['icon']}
          aria-label="Ask for the groups again"
          title="Ask for the groups again"
          onClick={refreshGroups}
        >
          <IconRefresh size={15} aria-hidden />
        </button>
      </div>
      <ChosenGroups />
      <GroupSources />
      <GroupRows rows={rows} typed={deferred} />
    </section>
  );
}

/** What is chosen, in few words; opens the picker over the page. */
export function GroupPickerButton() {
  const chosen = useLogs((state) => state.chosen);
  const [first] = chosen;
  const words =
    first === undefined
      ? 'Choose log groups'
      : chosen.length === 1
        ? (first.name.split('/').at(-1) ?? first.name)
        : `${chosen.length} groups`;
  const names = chosen.map(({ name }) => safeText(name));
  return (
    <Popover position="bottom-start" shadow="md" width="min(960px, 90vw)" trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          title={names.slice(0, 20).join('\n')}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {safeText(words)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes['dropdown']}>
        <Picker />
      </Popover.Dropdown>
    </Popover>
  );
}
