/** How far the search got, group by group where asked: a gap is never mistaken for silence. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { GroupProgress, SearchProgress } from '../../../shared/logs/search';
import { assertNever } from '../../../shared/assert-never';
import { useConnections } from '../../stores/connections';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { formatClockSeconds, formatFull } from '../../ui/time';
import type { TimeZone } from '../../ui/time';
import { coverage, searchSentence } from './progress-words';
import classes from './search.module.css';
import { resumeSearch, useSearch } from './search-run';
import type { SearchRun } from './search-run';

export function SearchProgressLine() {
  const run = useSearch((state) => state.run);
  return run === null ? null : <Line run={run} />;
}

function Line({ run }: { run: SearchRun }) {
  const [open, setOpen] = useState(false);
  const { progress, failure, search } = run;
  const resumable = progress !== null && progress.phase !== 'searching' && canGoOn(progress);
  const share = progress === null ? 0 : coverage(progress, search);
  return (
    <div className={classes['progress']}>
      <div
        className={classes['meter']}
        role="progressbar"
        aria-label="Searched"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        data-busy={progress?.phase === 'searching'}
      >
        <span style={{ inlineSize: `${share * 100}%` }} />
      </div>
      <div className={classes['sentence']}>
        <span role="status" data-bad={failure !== null || hasFailed(progress)}>
          {failure === null ? searchSentence(progress, search) : safeText(failure)}
        </span>
        {resumable && (
          <Button size="compact-xs" variant="default" onClick={() => void resumeSearch()}>
            {progress.phase === 'full' ? 'Find more' : 'Resume'}
          </Button>
        )}
        {progress !== null && (
          <button
            type="button"
            className={classes['link']}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide groups' : 'By group'}
          </button>
        )}
      </div>
      {open && progress !== null && <GroupTable progress={progress} />}
    </div>
  );
}

const hasFailed = (progress: SearchProgress | null): boolean =>
  progress?.groups.some(({ phase }) => phase === 'failed') ?? false;

const canGoOn = ({ groups }: SearchProgress): boolean =>
  groups.some(({ phase }) => phase !== 'done');

function GroupTable({ progress }: { progress: SearchProgress }) {
  const zone = useTimeZone();
  const labels = useConnections((state) => state.labels);
  return (
    <div className={classes['groups']} tabIndex={0} role="region" aria-label="Groups searched">
      <table>
        <thead>
          <tr>
            <th>Group</th>
            <th>Where</th>
            <th>State</th>
            <th>Events</th>
            <th>Pages</th>
            <th>Read</th>
          </tr>
        </thead>
        <tbody>
          {progress.groups.map((group) => (
            <tr key={`${group.connectionId}|${group.region}|${group.group}`}>
              <td title={safeText(group.group)}>{safeText(group.group)}</td>
              <td>{`${safeText(labels.get(group.connectionId) ?? group.connectionId)} ${group.region}`}</td>
              <td data-bad={group.phase === 'failed'}>{stateWords(group)}</td>
              <td>{group.events.toLocaleString('en')}</td>
              <td>
                {group.pages.toLocaleString('en')}
                {group.emptyPages > 0 && ` (${group.emptyPages.toLocaleString('en')} empty)`}
              </td>
              <td>{readWords(group, zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stateWords(group: GroupProgress): string {
  const throttled = group.throttles > 0 ? `, throttled ${group.throttles} ×` : '';
  switch (group.phase) {
    case 'waiting':
      return 'waiting for its turn';
    case 'searching':
      return `searching${throttled}`;
    case 'done':
      return `read whole${throttled}`;
    case 'stopped':
      return `stopped${throttled}`;
    case 'failed':
      return safeText(
        `${group.failure?.message ?? 'failed'} ${group.failure?.advice ?? ''}`.trim(),
      );
    default:
      return assertNever(group.phase);
  }
}

function readWords({ coveredFromMs, coveredToMs }: GroupProgress, zone: TimeZone): string {
  if (coveredFromMs === null || coveredToMs === null) return 'nothing yet';
  return `${formatFull(coveredFromMs, zone)} – ${formatClockSeconds(coveredToMs, zone)}`;
}
