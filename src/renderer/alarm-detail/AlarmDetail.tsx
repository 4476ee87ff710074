import { Skeleton } from '@mantine/core';
import type { AlarmDetail as Detail } from '../../shared/alarms/alarm';
import type { Incident } from '../../shared/incidents/incident';
import { useAlarmRow } from '../stores/alarms';
import { safeMultiline } from '../ui/safe-text';
import { CompositeTree } from './CompositeTree';
import { AlarmActions, Configuration, Tags } from './Configuration';
import { DetailHead } from './DetailHead';
import { FailureNote } from './FailureNote';
import { MetricGraph } from './MetricGraph';
import { PastIncidents } from './PastIncidents';
import { useAlarmDetail, useFreshAlarm, useIncidents } from './queries';
import { RunbookButtons } from './RunbookButtons';
import { Timeline } from './Timeline';
import { WhatElseMoved } from './WhatElseMoved';
import styles from './detail.module.css';

const noIncidents: Incident[] = [];

function Empty({ title, text }: { title: string; text: string }) {
  return (
    <div className={styles.empty}>
      <h1>{title}</h1>
      <p>{text}</p>
    </div>
  );
}

function Reason({ detail }: { detail: Detail }) {
  return (
    <section className={styles.section} aria-labelledby="reason-heading">
      <h2 id="reason-heading">CloudWatch's reason</h2>
      <p className={styles.pre}>
        {safeMultiline(detail.alarm.stateReason) || 'CloudWatch gives none.'}
      </p>
    </section>
  );
}

/** Shown only while nothing is known yet; later loads keep what is on show. */
function Bones() {
  return (
    <div aria-hidden>
      <Skeleton height={220} mt={28} animate={false} />
      <Skeleton height={12} mt={24} width="40%" animate={false} />
      <Skeleton height={12} mt={10} width="65%" animate={false} />
      <Skeleton height={12} mt={10} width="55%" animate={false} />
    </div>
  );
}

function Selected({ alarmKey }: { alarmKey: string }) {
  useFreshAlarm(alarmKey);
  const row = useAlarmRow(alarmKey);
  const detail = useAlarmDetail(alarmKey);
  const incidents = useIncidents(alarmKey);
  if (row === undefined) {
    return (
      <Empty
        title="This alarm is gone"
        text="It was deleted, or its connection was removed or paused. Its past stays in the journal."
      />
    );
  }
  const all = incidents.data ?? noIncidents;
  const open = all.find((incident) => incident.id === row.incidentId);
  return (
    <>
      <DetailHead row={row} detail={detail.data} incident={open} />
      <RunbookButtons alarmKey={alarmKey} />
      {detail.data === undefined && detail.isPending && <Bones />}
      {detail.isError && (
        <FailureNote
          error={detail.error}
          operation="alarms.detail"
          what="The alarm's detail"
          onRetry={() => void detail.refetch()}
        />
      )}
      {detail.data !== undefined && (
        <>
          {detail.data.alarm.metric !== null && (
            <MetricGraph alarm={detail.data.alarm} severity={detail.data.severity} />
          )}
          {detail.data.composite !== null && <CompositeTree root={detail.data.composite} />}
          <div className={styles.columns}>
            <div>
              <Timeline alarm={detail.data.alarm} incidents={all} />
              <PastIncidents incidents={all} />
            </div>
            <div>
              {detail.data.alarm.metric !== null && <WhatElseMoved alarm={detail.data.alarm} />}
              <Reason detail={detail.data} />
              <Configuration alarm={detail.data.alarm} />
              <AlarmActions alarm={detail.data.alarm} />
              <Tags tags={detail.data.alarm.tags} />
            </div>
          </div>
        </>
      )}
    </>
  );
}

/** Everything the console knows of one alarm; null when none is selected. */
export function AlarmDetail({ alarmKey }: { alarmKey: string | null }) {
  return (
    <section className={styles.region} aria-label="Alarm detail" tabIndex={-1}>
      {alarmKey === null ? (
        <Empty
          title="No alarm selected"
          text="Choose one in the list with j and k, or search all of them with Ctrl K."
        />
      ) : (
        // Keyed, so that nothing of the former alarm (range, numbers on show) stays.
        <Selected key={alarmKey} alarmKey={alarmKey} />
      )}
    </section>
  );
}
