import type { Integrations } from '../runbooks/actions/local';
import type { DoorHandlers } from '../shell/ipc-door';

type Names = Extract<keyof DoorHandlers, `integrations.${string}`>;

/** What the settings ask about services that runbooks send to. No answer holds a secret. */
export function integrationHandlers(
  integrations: () => Promise<Pick<Integrations, 'setSecret' | 'state' | 'test'>>,
): Pick<DoorHandlers, Names> {
  return {
    'integrations.setSecret': async ({ integration, secret }) => {
      (await integrations()).setSecret(integration, secret);
      return null;
    },
    'integrations.secrets': async () => (await integrations()).state(),
    'integrations.test': async ({ integration, secret }, signal) =>
      (await integrations()).test(integration, secret, signal),
  };
}
