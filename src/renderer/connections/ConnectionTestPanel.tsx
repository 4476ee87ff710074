import type { ConnectionTest, PermissionCheck } from '../../shared/connections/connection';
import { assertNever } from '../../shared/assert-never';
import { safeText } from '../ui/safe-text';
import styles from '../settings/settings.module.css';

function outcomeText(check: PermissionCheck): string {
  switch (check.outcome) {
    case 'allowed':
      return '✓ allowed';
    case 'denied':
      return '✗ missing';
    case 'failed':
      return '? could not be asked';
    default:
      return assertNever(check.outcome);
  }
}

function summary(test: ConnectionTest): string {
  const missing = test.permissions.filter((check) => check.outcome === 'denied');
  const failed = test.permissions.filter((check) => check.outcome === 'failed');
  if (missing.length + failed.length === 0) return 'Everything Nightdesk needs is allowed.';
  const names = [...new Set(missing.map((check) => check.action))].join(', ');
  const parts = [
    missing.length > 0 && `Missing: ${names}.`,
    failed.length > 0 && `${failed.length} could not be asked.`,
  ];
  return parts.filter((part) => part !== false).join(' ');
}

/** What a test of a connection found: who AWS says we are, and every permission asked for, by region. */
export function ConnectionTestPanel({ test }: { test: ConnectionTest }) {
  return (
    <div role="status" aria-label="Test result">
      <p>
        Account <strong>{safeText(test.accountId)}</strong>{' '}
        <span className={styles.mono}>{safeText(test.arn)}</span>
      </p>
      <p>{summary(test)}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Permission</th>
            <th scope="col">Region</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {test.permissions.map((check) => (
            <tr key={`${check.action}-${check.region}`}>
              <td className={styles.mono}>{safeText(check.action)}</td>
              <td>{safeText(check.region)}</td>
              <td className={check.outcome === 'allowed' ? undefined : styles.problem}>
                {outcomeText(check)}
                {check.message !== null && ` · ${safeText(check.message)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
