/** The metric browser and its scratch chart. */
import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useNavigation } from '../stores/navigation';
import { Browser } from './Browser';
import classes from './metrics.module.css';
import { ScratchPane } from './ScratchPane';
import { useMetrics, usePlace } from './store';
import type { Place } from './store';
import { useCatalog } from './use-catalog';
import { usePageKeys } from './use-page-keys';

function NoConnection() {
  const show = useNavigation.getState().show;
  return (
    <div className={classes['empty']}>
      <IconPlugConnected size={30} stroke={1.3} aria-hidden />
      <h2>No connection yet</h2>
      <p>Metrics come from an AWS account: connect one, or explore the demo.</p>
      <Button onClick={() => show('settings')}>Open settings</Button>
    </div>
  );
}

function WithPlace({ place }: { place: Place }) {
  const text = useMetrics((state) => state.text);
  const namespace = useMetrics((state) => state.namespace);
  const catalog = useCatalog(place, text, namespace);
  usePageKeys();
  return (
    <div className={classes['page']}>
      <h1 className="nd-visually-hidden">Metrics</h1>
      <Browser place={place} catalog={catalog} />
      <ScratchPane place={place} catalog={catalog} />
    </div>
  );
}

export function MetricsPage() {
  const place = usePlace();
  return place === null ? <NoConnection /> : <WithPlace place={place} />;
}
