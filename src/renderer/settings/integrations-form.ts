/** An integration as it is typed, and what is wrong with it. */
import { assertNever } from '../../shared/assert-never';
import {
  integrationKey,
  integrationSchema,
  integrationSecretProblem,
} from '../../shared/runbooks/integrations';
import type { Integration, IntegrationKind } from '../../shared/runbooks/integrations';

export const integrationKinds = ['webhook', 'slack', 'pagerduty', 'opsgenie'] as const;

export const integrationLabels: Readonly<Record<IntegrationKind, string>> = {
  webhook: 'Webhook',
  slack: 'Slack',
  pagerduty: 'PagerDuty',
  opsgenie: 'Opsgenie',
};

export interface IntegrationDraft {
  id: string;
  name: string;
  kind: IntegrationKind;
  region: 'us' | 'eu';
  /** Empty keeps the one that is kept. */
  secret: string;
}

export type IntegrationErrors = Partial<Record<'name' | 'secret', string>>;

export const integrationDraft = (one: Integration | null, id: string): IntegrationDraft => ({
  id: one?.id ?? id,
  name: one?.name ?? '',
  kind: one?.kind ?? 'webhook',
  region: one !== null && hasRegion(one) ? one.region : 'us',
  secret: '',
});

type WithRegion = Extract<Integration, { region: string }>;
const hasRegion = (one: Integration): one is WithRegion => 'region' in one;

export const usesRegion = (kind: IntegrationKind): boolean =>
  kind === 'pagerduty' || kind === 'opsgenie';

export function secretLabel(kind: IntegrationKind): string {
  switch (kind) {
    case 'webhook':
      return 'Address';
    case 'slack':
      return 'Webhook address';
    case 'pagerduty':
      return 'Integration key';
    case 'opsgenie':
      return 'API key';
    default:
      return assertNever(kind);
  }
}

export type CheckedIntegration =
  | { ok: true; integration: Integration; secret: string | null }
  | { ok: false; errors: IntegrationErrors };

/**
 * @param others the other integrations, whose names are taken
 * @param keptKind of what kind the secret is that is kept; null where none is
 */
export function checkIntegration(
  draft: IntegrationDraft,
  others: readonly Integration[],
  keptKind: IntegrationKind | null,
): CheckedIntegration {
  const { id, name, kind, region } = draft;
  const secret = draft.secret.trim();
  const parsed = integrationSchema.safeParse(
    usesRegion(kind) ? { id, name, kind, region } : { id, name, kind },
  );
  const errors: IntegrationErrors = {};
  if (!parsed.success) errors.name = 'Give it a name of at most 80 characters';
  else if (others.some((one) => integrationKey(one.name) === integrationKey(name))) {
    errors.name = 'Another integration has this name: runbooks could not tell them apart';
  }
  const keeps = secret === '' && keptKind === kind;
  const problem = keeps ? null : secretProblem(kind, secret);
  if (problem !== null) errors.secret = problem;
  if (!parsed.success || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, integration: parsed.data, secret: secret === '' ? null : secret };
}

const secretProblem = (kind: IntegrationKind, secret: string): string | null =>
  secret === '' ? `${secretLabel(kind)} is missing` : integrationSecretProblem(kind, secret);
