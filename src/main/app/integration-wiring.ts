/** The services that runbooks send to, asked over HTTP under the same guard as everything a runbook asks. */
import { safeStorage } from 'electron';
import type { Clock } from '../../shared/clock';
import { GuardedHttp } from '../net/guarded-http';
import { Integrations } from '../runbooks/actions/local';
import type { IntegrationsInit } from '../runbooks/actions/local';
import { SecretStore } from '../store/secrets';

export interface IntegrationWiring extends Omit<IntegrationsInit, 'http' | 'vault'> {
  /** Where the encrypted secrets lie. */
  stateDir: string;
  clock: Clock;
}

export const createIntegrations = ({ clock, stateDir, ...init }: IntegrationWiring): Integrations =>
  new Integrations({
    ...init,
    vault: new SecretStore(stateDir, safeStorage),
    http: new GuardedHttp({ clock }),
  });
