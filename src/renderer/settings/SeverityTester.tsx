import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { SeverityRule } from '../../shared/severity/severity';
import { SeverityTag } from '../alarm-detail/SeverityTag';
import { ask, toFailure } from '../bridge';
import { useAlarms } from '../stores/alarms';
import { connectionLabel, useConnections } from '../stores/connections';
import { safeText } from '../ui/safe-text';
import styles from './settings.module.css';

interface Props {
  rules: SeverityRule[];
  onHit(ruleId: string | null): void;
}

/** Pick an alarm: which rule decides, and why. */
export function SeverityTester({ rules, onHit }: Props) {
  const rows = useAlarms((state) => state.index.byName);
  const byId = useConnections((state) => state.byId);
  const [alarmKey, setAlarmKey] = useState<string | null>(null);
  const options = useMemo(
    () =>
      rows.map((row) => ({
        value: row.key,
        label: safeText(`${row.name} · ${connectionLabel(byId, row.connectionId)} ${row.region}`),
      })),
    [rows, byId],
  );
  const test = useQuery({
    queryKey: ['severity-test', alarmKey, rules],
    enabled: alarmKey !== null,
    queryFn: async () => {
      const result = await ask('severity.test', { rules, alarmKey: alarmKey ?? '' });
      onHit(result.ruleId);
      return result;
    },
  });
  return (
    <div className={styles.stack}>
      <Select
        label="Try an alarm"
        placeholder="Type part of a name"
        searchable
        clearable
        limit={50}
        maw={560}
        data={options}
        value={alarmKey}
        nothingFoundMessage="No alarm has this name"
        onChange={(value) => {
          setAlarmKey(value);
          if (value === null) onHit(null);
        }}
      />
      <div role="status" className={styles.row}>
        {alarmKey !== null && test.data && (
          <>
            <SeverityTag severity={test.data.severity} />
            <span>{safeText(test.data.explanation)}</span>
          </>
        )}
        {test.isError && (
          <span className={styles.problem}>
            {safeText(toFailure(test.error, 'severity.test').message)}
          </span>
        )}
      </div>
    </div>
  );
}
