import type { ReactNode } from 'react';
import type { Alarm, AlarmMetricQuery, MetricRule } from '../../shared/alarms/alarm';
import { useTimeZone } from '../stores/settings';
import { safeMultiline, safeText } from '../ui/safe-text';
import { formatFull } from '../ui/time';
import { actionText, conditionText, missingDataText, periodText } from './describe';
import { Notice } from './Notice';
import styles from './detail.module.css';

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}

function QueryRows({ query, several }: { query: AlarmMetricQuery; several: boolean }) {
  const what = query.expression ?? `${query.namespace ?? ''} ${query.metricName ?? ''}`.trim();
  const period = query.periodSeconds === null ? null : periodText(query.periodSeconds);
  const how = [query.stat, period, query.unit, query.accountId && `account ${query.accountId}`]
    .filter(Boolean)
    .join(', ');
  return (
    <>
      <Row name={several ? `${query.id}${query.returnData ? ' (watched)' : ''}` : 'Metric'}>
        <span className={styles.mono}>{safeText(what)}</span>
        {how !== '' && <span className={styles.by}> {safeText(how)}</span>}
      </Row>
      {query.dimensions.map((dimension) => (
        <Row key={dimension.name} name={several ? '' : safeText(dimension.name)}>
          <span className={styles.mono}>
            {several && `${safeText(dimension.name)} = `}
            {safeText(dimension.value)}
          </span>
        </Row>
      ))}
    </>
  );
}

function MetricRows({ rule }: { rule: MetricRule }) {
  return (
    <>
      <Row name="Fires when">{conditionText(rule)}</Row>
      {rule.queries.map((query) => (
        <QueryRows key={query.id} query={query} several={rule.queries.length > 1} />
      ))}
      <Row name="Missing data">{missingDataText(rule)}</Row>
    </>
  );
}

/** What the alarm watches and how it decides. */
export function Configuration({ alarm }: { alarm: Alarm }) {
  const zone = useTimeZone();
  return (
    <section className={styles.section} aria-labelledby="configuration-heading">
      <h2 id="configuration-heading">Configuration</h2>
      {alarm.description !== '' && <p className={styles.pre}>{safeMultiline(alarm.description)}</p>}
      <table className={styles.table} aria-labelledby="configuration-heading">
        <tbody>
          {alarm.metric !== null && <MetricRows rule={alarm.metric} />}
          {alarm.composite !== null && (
            <Row name="Rule">
              <span className={styles.mono}>{safeText(alarm.composite.expression)}</span>
            </Row>
          )}
          {alarm.composite?.suppressorArn && (
            <Row name="Suppressed by">
              <span className={styles.mono}>{safeText(alarm.composite.suppressorArn)}</span>
            </Row>
          )}
          <Row name="Configured">{formatFull(alarm.configurationUpdatedAt, zone)}</Row>
          <Row name="ARN">
            <span className={styles.mono}>{safeText(alarm.arn)}</span>
          </Row>
        </tbody>
      </table>
    </section>
  );
}

function ActionRow({ name, arns }: { name: string; arns: string[] }) {
  if (arns.length === 0) return null;
  return (
    <Row name={name}>
      {arns.map((arn) => (
        <div key={arn} title={safeText(arn)}>
          {safeText(actionText(arn))}
        </div>
      ))}
    </Row>
  );
}

/** Whom CloudWatch itself tells, and whether it may. */
export function AlarmActions({ alarm }: { alarm: Alarm }) {
  const none =
    alarm.alarmActions.length + alarm.okActions.length + alarm.insufficientDataActions.length === 0;
  return (
    <section className={styles.section} aria-labelledby="actions-heading">
      <h2 id="actions-heading">CloudWatch actions</h2>
      {!alarm.actionsEnabled && (
        <Notice>Actions are switched off: CloudWatch tells nobody when this alarm fires.</Notice>
      )}
      {none ? (
        <p className={styles.quiet}>None: only this console tells.</p>
      ) : (
        <table className={styles.table} aria-labelledby="actions-heading">
          <tbody>
            <ActionRow name="On alarm" arns={alarm.alarmActions} />
            <ActionRow name="On OK" arns={alarm.okActions} />
            <ActionRow name="On no data" arns={alarm.insufficientDataActions} />
          </tbody>
        </table>
      )}
    </section>
  );
}

export function Tags({ tags }: { tags: Record<string, string> | null }) {
  if (tags === null) return null;
  const entries = Object.entries(tags);
  return (
    <section className={styles.section} aria-labelledby="tags-heading">
      <h2 id="tags-heading">Tags</h2>
      {entries.length === 0 ? (
        <p className={styles.quiet}>None</p>
      ) : (
        <table className={styles.table} aria-labelledby="tags-heading">
          <tbody>
            {entries.map(([name, value]) => (
              <Row key={name} name={safeText(name)}>
                {safeText(value)}
              </Row>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
