/** Beside the filter: the ones used last, and how a filter is written. */
import { Menu, Popover } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { safeText } from '../../ui/safe-text';
import { usePane } from '../events/pane';
import { syntax } from './completions';
import classes from './filter.module.css';
import { rememberFilter, useLastFilters } from './history';

/** Listed of those that are kept. */
const LISTED = 12;

export function FilterTools() {
  return (
    <>
      <LastFilters />
      <SyntaxHelp />
    </>
  );
}

function LastFilters() {
  const filters = useLastFilters();
  const text = usePane((pane) => pane.filterText);
  const setFilterText = usePane((pane) => pane.setFilterText);
  const others = filters.filter((one) => one !== text.trim()).slice(0, LISTED);
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={classes['tool']}
          disabled={others.length === 0}
          aria-label="Last filters"
          title={others.length === 0 ? 'No filter was used yet' : 'Filters used last'}
        >
          <IconHistory size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((one) => (
          <Menu.Item
            key={one}
            onClick={() => {
              setFilterText(one);
              rememberFilter(one);
            }}
          >
            <span className={classes['last']}>{safeText(one)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SyntaxHelp() {
  return (
    <Popover position="bottom-end" shadow="md" withinPortal>
      <Popover.Target>
        <button type="button" className={classes['tool']} aria-label="How a filter is written">
          ?
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="How a filter is written">
        <table className={classes['syntax']}>
          <thead className="nd-visually-hidden">
            <tr>
              <th scope="col">Filter</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {syntax.map(([example, meaning]) => (
              <tr key={example}>
                <td>
                  <code>{example}</code>
                </td>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Popover.Dropdown>
    </Popover>
  );
}
