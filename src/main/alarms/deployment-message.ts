import { z } from 'zod';
import type { Deployment } from '../../shared/alarms/deployment';
import { parseTime } from '../../shared/alarms/reason-data';

/** A deployment without the connection whose queue told it. */
export type PushedDeployment = Omit<Deployment, 'connectionId'>;

/** What every EventBridge event has. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
const eventSchema = z.object({
  id: z.string().min(1),
  'detail-type': z.string(),
  time: z.string(),
  region: z.string().min(1),
  resources: z.array(z.string()).default([]),
  detail: z.record(z.string(), z.unknown()),
});
type PushedEvent = z.infer<typeof eventSchema>;

type Phase = Deployment['phase'];
interface Reading {
  service: string;
  what(event: PushedEvent): string | null;
  phase(event: PushedEvent): Phase | null;
}

const text = (event: PushedEvent, field: string): string | null => {
  const value = event.detail[field];
  return typeof value === 'string' && value !== '' ? value : null;
};

function phaseBy(field: string, words: Record<string, Phase>): Reading['phase'] {
  return (event) => {
    const word = text(event, field);
    return word !== null && Object.hasOwn(words, word) ? (words[word] ?? null) : null;
  };
}

const join = (...parts: (string | null)[]): string | null => {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(' / ');
};

/** The events AWS documents, by `detail-type`. A status that is neither start nor end is not told. */
const readings: Record<string, Reading> = {
  'ECS Deployment State Change': {
    service: 'ECS',
    what: (event) => event.resources[0]?.split('/').at(-1) ?? null,
    phase: phaseBy('eventName', {
      SERVICE_DEPLOYMENT_IN_PROGRESS: 'started',
      SERVICE_DEPLOYMENT_COMPLETED: 'finished',
      SERVICE_DEPLOYMENT_FAILED: 'failed',
    }),
  },
  'CodeDeploy Deployment State-change Notification': {
    service: 'CodeDeploy',
    what: (event) => join(text(event, 'application'), text(event, 'deploymentGroup')),
    phase: phaseBy('state', {
      START: 'started',
      SUCCESS: 'finished',
      FAILURE: 'failed',
      STOP: 'failed',
    }),
  },
  'CodePipeline Pipeline Execution State Change': {
    service: 'CodePipeline',
    what: (event) => text(event, 'pipeline'),
    phase: phaseBy('state', { STARTED: 'started', SUCCEEDED: 'finished', FAILED: 'failed' }),
  },
  'Amplify Deployment Status Change': {
    service: 'Amplify',
    what: (event) => join(text(event, 'appId'), text(event, 'branchName')),
    phase: phaseBy('jobStatus', { STARTED: 'started', SUCCEED: 'finished', FAILED: 'failed' }),
  },
  'AWS API Call via CloudTrail': {
    service: 'Lambda',
    what: (event) => {
      const parameters = z
        .object({ functionName: z.string().min(1) })
        .safeParse(event.detail['requestParameters']);
      return parameters.success ? (parameters.data.functionName.split(':').at(-1) ?? null) : null;
    },
    phase: (event) =>
      text(event, 'eventSource') === 'lambda.amazonaws.com' &&
      /^(UpdateFunctionCode|PublishVersion|UpdateAlias)/.test(text(event, 'eventName') ?? '')
        ? 'finished'
        : null,
  },
};

export type DeploymentMessage =
  /** Not about deployments at all. */
  | { kind: 'other' }
  /** About one, but neither its start nor its end. */
  | { kind: 'ignored' }
  | { kind: 'deployment'; deployment: PushedDeployment };

/** Reads an EventBridge event; says nothing about what it does not know. */
export function readDeploymentEvent(json: unknown): DeploymentMessage {
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success) return { kind: 'other' };
  const event = parsed.data;
  const type = event['detail-type'];
  const reading = Object.hasOwn(readings, type) ? readings[type] : undefined;
  if (reading === undefined) return { kind: 'other' };
  const what = reading.what(event);
  const phase = reading.phase(event);
  const at = parseTime(event.time);
  if (what === null || phase === null || at === null) return { kind: 'ignored' };
  const { id, region } = event;
  return {
    kind: 'deployment',
    deployment: { id, region, at, what: what.slice(0, 200), phase, service: reading.service },
  };
}
