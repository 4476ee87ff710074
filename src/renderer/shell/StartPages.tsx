/** What stands in the window while there is nothing to frame: starting, or not able to. */
import { Button, Group } from '@mantine/core';
import type { Failure } from '../../shared/failure';
import { copyText } from '../alarms/actions';
import { useApp } from '../stores/app';
import { loadEverything } from '../stores/wire';
import classes from './StartPages.module.css';

export function LoadingPage() {
  return (
    <div className={classes['page']} role="status">
      <p className={classes['late']}>Reading the journal and the last known alarms…</p>
    </div>
  );
}

export function FailedPage({ failure }: { failure: Failure }) {
  const retry = (): void => {
    useApp.setState({ phase: { kind: 'loading' } });
    void loadEverything();
  };
  return (
    <div className={classes['page']} role="alert">
      <h1 className={classes['title']}>Nightdesk could not start</h1>
      <p className={classes['text']}>
        {failure.message} {failure.advice}
      </p>
      <Group gap={8}>
        <Button onClick={retry}>Try again</Button>
        <Button
          variant="default"
          onClick={() => void copyText(JSON.stringify(failure, null, 2), 'the details')}
        >
          Copy details
        </Button>
      </Group>
    </div>
  );
}
