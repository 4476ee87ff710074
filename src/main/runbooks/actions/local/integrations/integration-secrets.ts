/**
 * Keys and addresses of integrations, in the encrypted store; never in the settings and never on their way to a window.
 * Where the computer keeps no secrets they last until Nightdesk closes.
 */
import { z } from 'zod';
import { FailureError } from '../../../../../shared/failure';
import type { Integration, IntegrationSecrets } from '../../../../../shared/runbooks/integrations';

/** The part of `SecretStore` that is used. */
export interface IntegrationVault {
  readonly problem: string | null;
  set(name: string, secret: string): void;
  get(name: string): string | null;
  remove(name: string): void;
  names(): string[];
}

/** A key is for one kind of service: made into another, the integration does not send it there. */
const keptSchema = z.strictObject({ kind: z.string(), secret: z.string() });
const PREFIX = 'integration:';

export class IntegrationSecretStore {
  private readonly session = new Map<string, string>();

  constructor(
    private readonly vault: IntegrationVault,
    private readonly report: (problem: string) => void,
  ) {}

  set({ id, kind }: Integration, secret: string): void {
    const kept = JSON.stringify({ kind, secret });
    if (this.vault.problem === null) this.vault.set(nameOf(id), kept);
    else this.session.set(id, kept);
  }

  /** Null when there is none for this kind. @throws FailureError when the store cannot be read */
  get({ id, kind, name }: Integration): string | null {
    const text = this.session.get(id) ?? this.read(id, name);
    if (text === null) return null;
    const kept = keptSchema.safeParse(JSON.parse(text));
    return kept.success && kept.data.kind === kind ? kept.data.secret : null;
  }

  state(list: readonly Integration[]): IntegrationSecrets {
    const { problem } = this.vault;
    return {
      kept: list.filter((one) => this.holds(one)).map(({ id }) => id),
      problem:
        problem === null
          ? null
          : `${problem} Those of integrations are used until Nightdesk closes.`,
    };
  }

  /** Forgets those of integrations that are gone; deleted ones can be brought back until then. */
  prune(ids: readonly string[]): void {
    try {
      for (const name of this.vault.names()) {
        const id = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null;
        if (id !== null && !ids.includes(id)) this.vault.remove(name);
      }
    } catch (error) {
      this.report(`Secrets of deleted integrations were not removed: ${errorName(error)}.`);
    }
  }

  private holds(integration: Integration): boolean {
    try {
      return this.get(integration) !== null;
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      this.report(error.failure.message);
      return false;
    }
  }

  private read(id: string, name: string): string | null {
    // What was kept before the key store went is as good as not there.
    if (this.vault.problem !== null) return null;
    try {
      return this.vault.get(nameOf(id));
    } catch (error) {
      throw new FailureError({
        kind: 'credentials-missing',
        connectionId: null,
        operation: 'integrations',
        message: `The secret of ${name} cannot be read from the key store (${errorName(error)}).`,
        advice: 'Enter it again in the settings, under Integrations.',
      });
    }
  }
}

const nameOf = (id: string): string => `${PREFIX}${id}`;

/** Errors of a key store may quote what they stumbled over. */
const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
