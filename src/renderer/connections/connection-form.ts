/** The connection editor's draft: what is typed, before it is a valid connection. Nothing typed is ever lost. */
import { connectionSchema } from '../../shared/connections/connection';
import type { Connection, FoundProfile } from '../../shared/connections/connection';

export interface ConnectionDraft {
  id: string;
  label: string;
  color: string;
  source: 'profile' | 'default-chain' | 'demo';
  profile: string;
  regions: string[];
  roleArn: string;
  endpoint: string;
  pushQueueUrl: string;
  readOnly: boolean;
  paused: boolean;
}

export type DraftField = Exclude<keyof ConnectionDraft, 'id' | 'readOnly' | 'paused'>;
export type FieldErrors = Partial<Record<DraftField, string>>;

/** Told apart at a glance on both themes; none is a severity's colour. */
export const connectionColors = [
  '#5b8def',
  '#2fa8a0',
  '#8c7ae6',
  '#c06fb0',
  '#7a9a3a',
  '#b98a5a',
  '#5f8aa6',
  '#9b8b8b',
] as const;

/** Regions offered first; any valid region can be typed. */
export const suggestedRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'eu-south-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'af-south-1',
  'me-south-1',
  'il-central-1',
  'us-gov-east-1',
  'us-gov-west-1',
] as const;

/** An id from a label (letters, digits, dashes), not taken by another connection. */
export function freeId(label: string, taken: readonly string[]): string {
  const base =
    label
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'connection';
  let id = base;
  for (let count = 2; taken.includes(id); count += 1) id = `${base}-${count}`;
  return id;
}

/** A new connection: read-only, as every connection begins. */
export function emptyDraft(existing: readonly Connection[]): ConnectionDraft {
  const used = new Set(existing.map((connection) => connection.color.toLowerCase()));
  return {
    id: '',
    label: '',
    color: connectionColors.find((color) => !used.has(color)) ?? connectionColors[0],
    source: 'profile',
    profile: '',
    regions: [],
    roleArn: '',
    endpoint: '',
    pushQueueUrl: '',
    readOnly: true,
    paused: false,
  };
}

/** A draft from a profile found on this machine. */
export function draftFromProfile(
  profile: FoundProfile,
  existing: readonly Connection[],
): ConnectionDraft {
  return {
    ...emptyDraft(existing),
    label: profile.name,
    profile: profile.name,
    regions: profile.region === null ? [] : [profile.region],
  };
}

export function draftOf(connection: Connection): ConnectionDraft {
  return {
    id: connection.id,
    label: connection.label,
    color: connection.color,
    source: connection.credentials.kind,
    profile: connection.credentials.kind === 'profile' ? connection.credentials.profile : '',
    regions: connection.regions,
    roleArn: connection.roleArn ?? '',
    endpoint: connection.endpoint ?? '',
    pushQueueUrl: connection.pushQueueUrl ?? '',
    readOnly: connection.readOnly,
    paused: connection.paused,
  };
}

const blankToNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function candidateOf(draft: ConnectionDraft, taken: readonly string[]): unknown {
  return {
    id: draft.id === '' ? freeId(draft.label, taken) : draft.id,
    label: draft.label,
    color: draft.color,
    credentials:
      draft.source === 'profile'
        ? { kind: 'profile', profile: draft.profile.trim() }
        : { kind: draft.source },
    regions: draft.regions,
    roleArn: blankToNull(draft.roleArn),
    endpoint: blankToNull(draft.endpoint),
    readOnly: draft.readOnly,
    paused: draft.paused,
    pushQueueUrl: blankToNull(draft.pushQueueUrl),
  };
}

/** What each field must be, said to a person. */
const sentences: Record<DraftField, string> = {
  label: 'Give it a name of at most 80 characters.',
  color: 'Choose a colour such as #5b8def.',
  source: 'Choose where credentials come from.',
  profile: 'Choose a profile, or type its name as in ~/.aws/config.',
  regions: 'Choose at least one region, written like eu-central-1.',
  roleArn: 'A role ARN looks like arn:aws:iam::123456789012:role/Name.',
  endpoint: 'An endpoint is an http or https address.',
  pushQueueUrl: 'A queue URL looks like https://sqs.eu-central-1.amazonaws.com/123456789012/name.',
};

const fieldOfPath: Record<string, DraftField> = {
  id: 'label',
  label: 'label',
  color: 'color',
  credentials: 'profile',
  regions: 'regions',
  roleArn: 'roleArn',
  endpoint: 'endpoint',
  pushQueueUrl: 'pushQueueUrl',
};

export type DraftResult = { ok: true; connection: Connection } | { ok: false; errors: FieldErrors };

/** Checks a draft against the contract; each problem is named at its field. */
export function validateDraft(draft: ConnectionDraft, others: readonly Connection[]): DraftResult {
  const errors: FieldErrors = {};
  const parsed = connectionSchema.safeParse(
    candidateOf(
      draft,
      others.map((connection) => connection.id),
    ),
  );
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOfPath[String(issue.path[0])];
    if (field === undefined) continue;
    const region = field === 'regions' ? draft.regions[Number(issue.path[1])] : undefined;
    errors[field] ??=
      region === undefined ? sentences[field] : `“${region}” is not a region such as eu-central-1.`;
  }
  const label = draft.label.trim().toLowerCase();
  const twin = others.some(
    (other) => other.id !== draft.id && other.label.trim().toLowerCase() === label,
  );
  if (label !== '' && twin) errors.label ??= 'Another connection has this name.';
  if (parsed.success && Object.keys(errors).length === 0) {
    return { ok: true, connection: parsed.data };
  }
  return { ok: false, errors };
}
