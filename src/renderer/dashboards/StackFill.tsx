/** Fills a template's open references from a stack that stands in the account. */
import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askCancellable, mintRequestId, ask, toFailure } from '../bridge';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import type { DashboardPlace } from './store';
import { Failed } from './WidgetStates';
import classes from './page.module.css';

interface Props {
  place: DashboardPlace;
  /** Takes values by input; answers how many the template has use for. */
  onFill(values: Record<string, string>): number;
}

export function StackFill({ place, onFill }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover position="bottom-end" shadow="md" opened={opened} onChange={setOpened} withinPortal>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          Fill from a stack
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stacks
          place={place}
          onFill={(values, name) => {
            const count = onFill(values);
            setOpened(false);
            showToast({
              level: 'done',
              text: `Filled ${count} ${count === 1 ? 'input' : 'inputs'} from ${name}`,
              detail: null,
              action: null,
            });
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface StacksProps {
  place: DashboardPlace;
  onFill(values: Record<string, string>, name: string): void;
}

function Stacks({ place, onFill }: StacksProps) {
  const stacks = useQuery({
    queryKey: ['stacks', place],
    queryFn: ({ signal }) =>
      askCancellable('stacks.list', (requestId) => ({ ...place, requestId }), signal),
  });
  const fill = async (name: string): Promise<void> => {
    try {
      const requestId = mintRequestId();
      onFill(await ask('stacks.values', { ...place, stackName: name, requestId }), name);
    } catch (error) {
      showFailure(error, 'stacks.values');
    }
  };
  if (stacks.isError) {
    return (
      <Failed
        failure={toFailure(stacks.error, 'stacks.list')}
        onRetry={() => void stacks.refetch()}
      />
    );
  }
  if (stacks.data === undefined) return <p className={classes['waiting']}>Listing stacks…</p>;
  if (stacks.data.length === 0) {
    return <p className={classes['waiting']}>There is no stack in {safeText(place.region)}.</p>;
  }
  return (
    <ul className={classes['stacks']} aria-label="Stacks">
      {stacks.data.map(({ name, status, description }) => (
        <li key={name}>
          <button type="button" title={safeText(description)} onClick={() => void fill(name)}>
            <span>{safeText(name)}</span> <small>{safeText(status)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
