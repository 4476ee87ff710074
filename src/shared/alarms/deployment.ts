import type { Alarm } from './alarm';

/** A deployment as EventBridge told it. Times ms UTC. */
export interface Deployment {
  /** Same for the same event delivered twice. */
  id: string;
  connectionId: string;
  region: string;
  at: number;
  /** What was deployed: service, application, function, pipeline … */
  what: string;
  phase: 'started' | 'finished' | 'failed';
  /** Which AWS service said so: `ECS`, `CodeDeploy`, `Amplify` … */
  service: string;
}

/** One short line: `Deployment of crm-core-service finished (ECS)`. */
export const deploymentText = ({ what, phase, service }: Deployment): string =>
  `Deployment of ${what} ${phase} (${service})`;

/** A deployment this long before an alarm is worth a look. */
const SUSPECT_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

/**
 * The newest deployment shortly before the alarm fired, in its connection and region. That it came before does
 * not make it the cause; the words say no more than that.
 */
export function deploymentBefore(
  alarm: Alarm,
  deployments: readonly Deployment[],
): Deployment | null {
  if (alarm.state !== 'ALARM') return null;
  const firedAt = alarm.stateTransitionedAt;
  return deployments.reduce<Deployment | null>((newest, each) => {
    const fits =
      each.connectionId === alarm.connectionId &&
      each.region === alarm.region &&
      each.at <= firedAt &&
      firedAt - each.at <= SUSPECT_MS;
    return fits && (newest === null || each.at > newest.at) ? each : newest;
  }, null);
}

/** `It began 2 min after a deployment of crm-core-service.` */
export function deploymentSentence(alarm: Alarm, deployments: readonly Deployment[]): string {
  const before = deploymentBefore(alarm, deployments);
  if (before === null) return '';
  const minutes = Math.round((alarm.stateTransitionedAt - before.at) / MINUTE_MS);
  const when = minutes === 0 ? 'less than a minute' : `${minutes} min`;
  return `It began ${when} after a deployment of ${before.what}.`;
}
