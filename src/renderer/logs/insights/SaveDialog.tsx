/** Keeps a query on this computer, or in an account: there everyone sees it, so it says where before it does. */
import { Button, Checkbox, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { elasticSourceId } from '../../../shared/logs/elastic';
import { ask, toFailure } from '../../bridge';
import { useConnections } from '../../stores/connections';
import { showToast } from '../../stores/toasts';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { useLogs } from '../store';
import classes from './pick.module.css';
import { savedKey } from './saved';
import { useInsights } from './store';

interface Place {
  connectionId: string;
  region: string;
  label: string;
  readOnly: boolean;
}

const MOST_GROUPS = 50;
const MOST_NAME = 255;

const keyOf = ({ connectionId, region }: Place): string => JSON.stringify([connectionId, region]);

/** Places of the chosen groups first. */
function usePlaces(): Place[] {
  const list = useConnections((state) => state.list);
  const chosen = useLogs((state) => state.chosen);
  const places = list.flatMap(({ connection }) =>
    connection.regions.map((region) => ({
      connectionId: connection.id,
      region,
      label: `${connection.label} ${region}`,
      readOnly: connection.readOnly,
    })),
  );
  const isChosen = (place: Place): boolean =>
    chosen.some((one) => one.connectionId === place.connectionId && one.region === place.region);
  return [...places.filter(isChosen), ...places.filter((place) => !isChosen(place))];
}

export function SaveDialog({ onClose }: { onClose(): void }) {
  const query = useInsights((state) => state.text);
  const language = useInsights((state) => state.language);
  const all = useLogs((state) => state.chosen);
  const chosen = all.filter(({ connectionId }) => elasticSourceId(connectionId) === null);
  const places = usePlaces();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [inAccount, setInAccount] = useState(false);
  const [placeKey, setPlaceKey] = useState<string | null>(null);
  const [withGroups, setWithGroups] = useState(chosen.length > 0);
  const place = places.find((one) => keyOf(one) === placeKey) ?? places[0];
  const own = inAccount
    ? chosen.filter(
        (one) => one.connectionId === place?.connectionId && one.region === place.region,
      )
    : chosen;
  const names = [...new Set(own.map((one) => one.name))];
  const tooMany = withGroups && names.length > MOST_GROUPS;
  const problem = inAccount && place?.readOnly === true;
  const save = useMutation({
    mutationFn: () => {
      const [only] = chosen;
      // Groups of one place are looked for there again; those of several are known by their names.
      const one =
        !inAccount &&
        only !== undefined &&
        chosen.every(
          ({ connectionId, region }) =>
            connectionId === only.connectionId && region === only.region,
        );
      const at = inAccount ? place : one ? only : undefined;
      return ask('logs.saveQuery', {
        name: name.trim(),
        where: inAccount ? 'account' : 'disk',
        connectionId: at?.connectionId ?? null,
        region: at?.region ?? null,
        groups: withGroups ? names : [],
        query,
        language,
      });
    },
    onSuccess: async (saved) => {
      showToast({
        level: 'done',
        text: `Saved ${safeText(saved.name)}${inAccount ? ` in ${safeText(place?.label ?? '')}` : ''}`,
        detail: null,
        action: null,
      });
      onClose();
      await client.invalidateQueries({ queryKey: savedKey });
    },
  });
  const failure = save.error === null ? null : toFailure(save.error, 'logs.saveQuery');
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title="Save the query"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes['fields']}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label="Name"
          size="sm"
          data-autofocus
          maxLength={MOST_NAME}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Where it is kept"
          value={inAccount ? 'account' : 'disk'}
          data={[
            { value: 'disk', label: 'On this computer' },
            { value: 'account', label: 'In the account' },
          ]}
          onChange={(value) => setInAccount(value === 'account')}
        />
        {inAccount && place !== undefined && (
          <NativeSelect
            label="Account and region"
            size="sm"
            value={keyOf(place)}
            data={places.map((one) => ({
              value: keyOf(one),
              label: `${safeText(one.label)}${one.readOnly ? ' (read-only)' : ''}`,
            }))}
            onChange={(event) => setPlaceKey(event.currentTarget.value)}
          />
        )}
        <Checkbox
          size="sm"
          label={`With its ${names.length} log ${names.length === 1 ? 'group' : 'groups'}`}
          checked={withGroups && names.length > 0}
          disabled={names.length === 0}
          onChange={(event) => setWithGroups(event.currentTarget.checked)}
        />
        <div className={classes['preview']} tabIndex={0} role="region" aria-label="The query">
          {safeMultiline(query)}
        </div>
        {tooMany && (
          <p className={classes['warn']} role="alert">
            A saved query takes at most {MOST_GROUPS} groups; {names.length} are chosen. Save it
            without them, or choose fewer.
          </p>
        )}
        {problem && (
          <p className={classes['warn']} role="alert">
            {safeText(place?.label ?? '')} is a read-only connection: nothing can be changed through
            it. Keep the query on this computer, or choose another account.
          </p>
        )}
        {inAccount && !problem && (
          <p className={classes['note']}>
            This changes the account: everyone who uses Logs Insights there sees the query. It is
            written down in the journal.
          </p>
        )}
        {failure !== null && (
          <p className={classes['warn']} role="alert">
            {safeText(`${failure.message} ${failure.advice}`)}
          </p>
        )}
        <div className={classes['actions']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={name.trim() === '' || problem || tooMany}
          >
            {inAccount ? `Create in ${safeText(place?.label ?? 'the account')}` : 'Save here'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
