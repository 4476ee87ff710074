/** Which account and region the metrics come from. */
import { NativeSelect } from '@mantine/core';
import { useConnections } from '../stores/connections';
import { safeText } from '../ui/safe-text';
import classes from './metrics.module.css';
import type { Place } from './store';

interface Props {
  place: Place;
  onChange(place: Place): void;
}

export function PlacePicker({ place, onChange }: Props) {
  const list = useConnections((state) => state.list);
  const regions = list.find(({ connection }) => connection.id === place.connectionId)?.connection
    .regions ?? [place.region];
  const offered = regions.includes(place.region) ? regions : [place.region, ...regions];
  return (
    <div className={classes['place']}>
      <NativeSelect
        size="xs"
        aria-label="Connection"
        value={place.connectionId}
        data={list.map(({ connection }) => ({
          value: connection.id,
          label: safeText(connection.label),
        }))}
        onChange={(event) => {
          const connectionId = event.currentTarget.value;
          const chosen = list.find(({ connection }) => connection.id === connectionId)?.connection;
          const region = chosen?.regions.includes(place.region)
            ? place.region
            : (chosen?.regions[0] ?? place.region);
          onChange({ connectionId, region });
        }}
      />
      <NativeSelect
        size="xs"
        aria-label="Region"
        value={place.region}
        data={offered}
        onChange={(event) => onChange({ ...place, region: event.currentTarget.value })}
      />
    </div>
  );
}
