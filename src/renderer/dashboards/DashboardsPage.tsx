/** Dashboards of accounts and files: the list, and the one that is open. */
import { IconFileUpload, IconLayoutDashboard } from '@tabler/icons-react';
import { useLayoutEffect, useState } from 'react';
import type { DragEvent } from 'react';
import { chooseFiles, openFiles } from './actions';
import { DashboardList } from './DashboardList';
import { dashboardCommands } from './dashboard-commands';
import { OpenDashboard } from './OpenDashboard';
import { registerPageCommands } from '../shell/page-commands';
import { useDashboards } from './store';
import classes from './page.module.css';

function Nothing() {
  return (
    <div className={classes['empty']}>
      <IconLayoutDashboard size={34} stroke={1.4} aria-hidden />
      <h1>No dashboard is open</h1>
      <p>
        Choose one from the list, or drop a file here: a CloudWatch dashboard, a CloudFormation or
        SAM template, or a Grafana dashboard.
      </p>
      <button type="button" className={classes['button']} onClick={() => void chooseFiles()}>
        Open a file <kbd>o</kbd>
      </button>
    </div>
  );
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

export function DashboardsPage() {
  const openId = useDashboards((state) => state.openId);
  const [dragging, setDragging] = useState(false);
  useLayoutEffect(() => registerPageCommands(dashboardCommands), []);
  return (
    <div
      className={classes['page']}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget;
        if (to instanceof Node && event.currentTarget.contains(to)) return;
        setDragging(false);
      }}
      onDrop={(event) => {
        setDragging(false);
        if (!carriesFiles(event)) return;
        event.preventDefault();
        void openFiles([...event.dataTransfer.files]);
      }}
    >
      <DashboardList />
      {openId === null ? <Nothing /> : <OpenDashboard key={openId} id={openId} />}
      {dragging && (
        <div className={classes['drop']} aria-hidden>
          <IconFileUpload size={34} stroke={1.4} />
          Drop to open
        </div>
      )}
    </div>
  );
}
