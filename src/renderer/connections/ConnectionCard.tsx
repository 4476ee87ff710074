import { Button, Menu } from '@mantine/core';
import { assertNever } from '../../shared/assert-never';
import type { ConnectionStatus, RegionStatus } from '../../shared/connections/connection';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import { formatAge, formatWhen, useNow } from '../ui/time';
import type { TimeZone } from '../ui/time';
import styles from '../settings/settings.module.css';

/** How one region is doing, in words. */
export function regionText(region: RegionStatus, now: number, zone: TimeZone): string {
  const age =
    region.lastGoodAt === null ? 'never answered' : `answered ${formatAge(region.lastGoodAt, now)}`;
  const ago = age.endsWith('now') || region.lastGoodAt === null ? '' : ' ago';
  const blind =
    region.blindSince === null ? '' : `, blind since ${formatWhen(region.blindSince, now, zone)}`;
  switch (region.phase) {
    case 'idle':
      return 'not asked yet';
    case 'loading':
      return `asking AWS, ${age}${ago}`;
    case 'ready':
      return `${region.alarmCount} alarms, ${region.firingCount} firing, ${age}${ago}`;
    case 'stale':
      return `${age}${ago}${blind}`;
    case 'failed':
      return `failing, ${age}${ago}${blind}`;
    case 'paused':
      return 'paused';
    default:
      return assertNever(region.phase);
  }
}

interface Props {
  status: ConnectionStatus;
  onEdit(): void;
  onPause(): void;
  onRemove(): void;
}

function Regions({ status }: { status: ConnectionStatus }) {
  const zone = useTimeZone();
  const now = useNow();
  return status.regions.map((region) => (
    <div key={region.region}>
      <p className={styles.dim}>
        <strong>{safeText(region.region)}</strong> {regionText(region, now, zone)}
        {region.push === 'connected' && ', pushed at once'}
        {region.push === 'failed' && ', push queue failing'}
      </p>
      {region.failure !== null && (
        <p className={styles.problem}>
          {safeText(`${region.failure.message} ${region.failure.advice}`)}
        </p>
      )}
    </div>
  ));
}

/** One connection: who it is, how each region is doing, what it costs. */
export function ConnectionCard({ status, onEdit, onPause, onRemove }: Props) {
  const { connection } = status;
  const label = safeText(connection.label);
  const account = status.accountId === null ? '' : `account ${status.accountId}`;
  const source =
    connection.credentials.kind === 'profile'
      ? `profile ${connection.credentials.profile}`
      : connection.credentials.kind === 'demo'
        ? 'demo'
        : 'default chain';
  const use = `${status.callsPerHour} calls/h, ${status.throttlesPerHour} throttled, about $${status.estimatedCostPerHour.toFixed(2)}/h`;
  return (
    <li className={styles.card}>
      <span className={styles.swatch} style={{ background: connection.color }} aria-hidden />
      <div className={styles.grow}>
        <span className={styles.name}>{label}</span>{' '}
        <span className={styles.dim}>
          {[connection.readOnly ? 'read-only' : 'may change things', connection.paused && 'paused']
            .filter(Boolean)
            .join(' · ')}
        </span>
        <p className={styles.dim}>{safeText([source, account].filter(Boolean).join(' · '))}</p>
        <Regions status={status} />
        <p className={styles.dim}>{use}</p>
      </div>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-xs" variant="default" aria-label={`Change ${label}`}>
            Change
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>Edit</Menu.Item>
          <Menu.Item onClick={onPause}>{connection.paused ? 'Resume' : 'Pause'}</Menu.Item>
          <Menu.Item onClick={onRemove}>Remove…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
