/** Which log groups are kept as long as the policy says, what they cost, and setting them right. */
import { Button, Select, TextInput } from '@mantine/core';
import { IconDownload, IconListCheck, IconRefresh } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useState } from 'react';
import { auditRetention } from '../../../shared/logs/retention';
import type { AuditedGroup, RetentionAudit } from '../../../shared/logs/retention';
import { saveExport } from '../../dashboards/actions';
import { registerPageCommands } from '../../shell/page-commands';
import { useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { useNow } from '../../ui/time';
import { refreshGroups, useGroups } from '../groups';
import { auditCsv, auditRows, groupKey } from './audit-rows';
import { AuditTable } from './AuditTable';
import { PolicyDialog } from './PolicyDialog';
import { PreviewDialog } from './PreviewDialog';
import classes from './retention.module.css';
import { Sources } from './Sources';
import { Summary } from './Summary';
import { useRetention } from './store';
import { usePolicy } from './use-policy';

const FILTER_ID = 'retention-filter';

function useAudit(): RetentionAudit {
  const groups = useGroups((state) => state.groups);
  const policy = usePolicy();
  // By the hour is exact enough for ages of groups.
  const now = useNow(3_600_000);
  return useMemo(() => auditRetention(groups, policy, now), [groups, policy, now]);
}

function usePageKeys(): void {
  useLayoutEffect(
    () => registerPageCommands({ filter: () => document.getElementById(FILTER_ID)?.focus() }),
    [],
  );
}

export function RetentionTab() {
  usePageKeys();
  const audit = useAudit();
  const labels = useConnections((state) => state.labels);
  const told = useGroups((state) => state.told);
  const filter = useRetention((state) => state.filter);
  const sort = useRetention((state) => state.sort);
  const rows = useMemo(
    () => auditRows(audit.groups, filter, sort, labels),
    [audit, filter, sort, labels],
  );
  const [open, setOpen] = useState<'policy' | 'preview' | null>(null);
  const marked = useMarked(audit.groups);
  return (
    <div className={classes['tab']}>
      <Summary sums={audit.sums} />
      <Tools
        rows={rows}
        total={audit.groups.length}
        marked={marked.length}
        onPolicy={() => setOpen('policy')}
        onPreview={() => setOpen('preview')}
      />
      <Sources />
      {rows.length > 0 ? (
        <AuditTable rows={rows} onPreview={() => setOpen('preview')} />
      ) : (
        <p className={classes['empty']}>{emptyText(told, audit.groups.length)}</p>
      )}
      {open === 'policy' && <PolicyDialog onClose={() => setOpen(null)} />}
      {open === 'preview' && marked.length > 0 && (
        <PreviewDialog groups={marked} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

function emptyText(told: boolean, groups: number): string {
  if (!told) return 'Asking for the log groups…';
  return groups === 0 ? 'No log groups are known yet.' : 'No group is like this.';
}

function useMarked(groups: readonly AuditedGroup[]): AuditedGroup[] {
  const marked = useRetention((state) => state.marked);
  return useMemo(
    () => (marked.size === 0 ? [] : groups.filter((group) => marked.has(groupKey(group)))),
    [groups, marked],
  );
}

interface ToolsProps {
  rows: readonly AuditedGroup[];
  total: number;
  marked: number;
  onPolicy(): void;
  onPreview(): void;
}

function Tools({ rows, total, marked, onPolicy, onPreview }: ToolsProps) {
  const { text, connectionId } = useRetention((state) => state.filter);
  const connections = useConnections((state) => state.list);
  const labels = useConnections((state) => state.labels);
  const { setFilter, unmarkAll } = useRetention.getState();
  const all = rows.length === total;
  return (
    <div className={classes['bar']}>
      <TextInput
        id={FILTER_ID}
        size="xs"
        w={240}
        aria-label="Filter the groups by name"
        placeholder="Filter by name"
        value={text}
        onChange={(event) => setFilter({ text: event.currentTarget.value })}
      />
      <Select
        size="xs"
        w={180}
        clearable
        aria-label="Connection"
        placeholder="All connections"
        value={connectionId}
        data={connections.map(({ connection }) => ({
          value: connection.id,
          label: safeText(connection.label),
        }))}
        onChange={(value) => setFilter({ connectionId: value })}
      />
      <span className={classes['note']} role="status">
        {all ? `${count(total)} groups` : `${count(rows.length)} of ${count(total)} groups`}
        {marked > 0 && `, ${count(marked)} marked`}
      </span>
      <span className={classes['gap']} />
      {marked > 0 && (
        <Button size="xs" variant="subtle" onClick={unmarkAll}>
          Unmark all
        </Button>
      )}
      <Button size="xs" disabled={marked === 0} onClick={onPreview}>
        {marked === 0 ? 'Set right…' : `Set ${count(marked)} right…`}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconListCheck size={14} aria-hidden />}
        onClick={onPolicy}
      >
        Policy
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={rows.length === 0}
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => void saveExport(csvName(), auditCsv(rows, labels), 'csv')}
      >
        CSV
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={14} aria-hidden />}
        onClick={refreshGroups}
      >
        Refresh
      </Button>
    </div>
  );
}

const count = (value: number): string => value.toLocaleString('en');

const csvName = (): string => `log-retention-${new Date().toISOString().slice(0, 10)}.csv`;
