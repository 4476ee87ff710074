/** The dashboard that is open: what it is, its inputs, its time and its widgets. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Dashboard, DashboardRange } from '../../shared/dashboards/dashboard';
import { windowOf } from '../../shared/dashboards/time-range';
import { toFailure } from '../bridge';
import { useSettings } from '../stores/settings';
import { BrokenFile } from './BrokenFile';
import { DashboardHead } from './DashboardHead';
import { DashboardTabs, tabsOf } from './DashboardTabs';
import type { Tab } from './DashboardTabs';
import { DriftTable } from './DriftTable';
import { InputsBar } from './InputsBar';
import { DashboardContext } from './page-context';
import type { PageContext } from './page-context';
import { refreshDue, usePageClock, useRefreshing } from './page-clock';
import { ProblemsPanel } from './ProblemsPanel';
import { RuleOffers } from './RuleOffers';
import { START_RANGE, useDashboards } from './store';
import type { DashboardPlace } from './store';
import { TimeBar } from './TimeBar';
import { useMarks } from './use-marks';
import { useOpened } from './use-opened';
import type { OpenState } from './use-opened';
import { Failed } from './WidgetStates';
import { WidgetGrid } from './WidgetGrid';
import classes from './page.module.css';

function startOf(dashboard: Dashboard | undefined): DashboardRange | null {
  const range = dashboard?.range ?? null;
  return range !== null && windowOf(range, usePageClock.getState().nowMs) !== null ? range : null;
}

export function OpenDashboard({ id }: { id: string }) {
  const state = useOpened(id);
  const { query, read, broken } = state;
  if (query.data === undefined) {
    return (
      <div className={classes['main']}>
        {query.isError ? (
          <div className={classes['empty']}>
            <Failed
              failure={toFailure(query.error, 'dashboards.open')}
              onRetry={() => void query.refetch()}
            />
          </div>
        ) : (
          <p className={classes['waiting']}>Opening…</p>
        )}
      </div>
    );
  }
  if (read === null) {
    return (
      <div className={classes['main']}>
        <DashboardHead opened={query.data} name={null} place={null} format={null} />
        {broken !== null && <BrokenFile problem={broken} opened={query.data} />}
      </div>
    );
  }
  return <ReadDashboard state={state} read={read} opened={query.data} />;
}

interface ReadProps {
  state: OpenState;
  read: NonNullable<OpenState['read']>;
  opened: NonNullable<OpenState['query']['data']>;
}

function ReadDashboard({ state, read, opened }: ReadProps) {
  const { place } = state;
  const tabs = useMemo(() => tabsOf(read), [read]);
  const [tabId, setTabId] = useState<string | null>(null);
  const tab = tabs.find((each) => each.id === tabId) ?? tabs[0];
  const dashboard = tab?.kind === 'dashboard' ? tab.dashboard : undefined;
  useOwnRange(dashboard);
  return (
    <div className={classes['main']}>
      <DashboardHead
        opened={opened}
        name={dashboard?.name ?? null}
        place={place}
        format={read.format}
      />
      {state.broken !== null && <BrokenFile problem={state.broken} opened={opened} strip />}
      <ProblemsPanel problems={read.problems} fileName={opened.fileName} />
      <InputsBar inputs={read.inputs} state={state} place={place} format={read.format} />
      {tabs.length > 1 && <DashboardTabs tabs={tabs} current={tab} onChange={setTabId} />}
      <TabBody tab={tab} place={place} id={opened.entry.id} />
    </div>
  );
}

/** A dashboard's own range counts until a person has chosen one. */
function useOwnRange(dashboard: Dashboard | undefined): void {
  const name = dashboard?.name;
  const range = startOf(dashboard);
  const told = range === null ? null : JSON.stringify(range);
  useEffect(() => {
    if (name === undefined) return;
    const start: DashboardRange = told === null ? START_RANGE : JSON.parse(told);
    useDashboards.getState().startWith(start);
    refreshDue();
  }, [name, told]);
}

function TabBody({
  tab,
  place,
  id,
}: {
  tab: Tab | undefined;
  place: DashboardPlace | null;
  id: string;
}) {
  if (tab === undefined) {
    return <p className={classes['waiting']}>There is no dashboard and no alarm in this file.</p>;
  }
  switch (tab.kind) {
    case 'dashboard':
      return <Charts key={tab.id} dashboard={tab.dashboard} place={place} id={`${id} ${tab.id}`} />;
    case 'alarms':
      return (
        <Scrolled place={place}>
          {(where) => <DriftTable declared={tab.alarms} {...where} />}
        </Scrolled>
      );
    case 'rules':
      return (
        <Scrolled place={place}>{(where) => <RuleOffers rules={tab.rules} {...where} />}</Scrolled>
      );
  }
}

function Scrolled({
  place,
  children,
}: {
  place: DashboardPlace | null;
  children: (place: DashboardPlace) => ReactNode;
}) {
  if (place === null) {
    return <p className={classes['waiting']}>No connection: add one in the settings.</p>;
  }
  return (
    <div className={classes['scroller']} tabIndex={0} role="region" aria-label="Part of the file">
      {children(place)}
    </div>
  );
}

interface ChartsProps {
  dashboard: Dashboard;
  place: DashboardPlace | null;
  id: string;
}

function Charts({ dashboard, place, id }: ChartsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { history, compare, fetching } = useDashboards();
  const setting = useSettings((state) => state.settings?.metrics.refreshSeconds ?? null);
  useRefreshing(setting);
  const range = history.current;
  const { periodOverride } = dashboard;
  const marks = useMarks(range);
  const { setRange, back, shift, setCompare, zoom } = useDashboards.getState();
  const context = useMemo(
    (): PageContext => ({
      place,
      range,
      periodOverride,
      compare,
      marks,
      cursorGroup: id,
      scroller,
      onZoom: zoom,
    }),
    [place, range, periodOverride, compare, marks, id, zoom],
  );
  return (
    <DashboardContext value={context}>
      <div className={classes['time']}>
        <TimeBar
          history={history}
          onRange={setRange}
          onBack={back}
          onShift={shift}
          compare={compare}
          onCompare={setCompare}
          fetching={fetching.size > 0}
        />
      </div>
      <WidgetGrid dashboard={dashboard} scroller={scroller} />
    </DashboardContext>
  );
}
