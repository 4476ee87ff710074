/**
 * Passwords and keys of log sources, in the encrypted store; never in the settings and never on their way to a
 * window. Where the computer keeps no secrets they last until Nightdesk closes.
 */
import { z } from 'zod';
import { FailureError } from '../../../shared/failure';
import { elasticPlace } from '../../../shared/logs/elastic';
import type { ElasticSecrets, ElasticSource } from '../../../shared/logs/elastic';

/** The part of `SecretStore` that is used. */
export interface Vault {
  readonly problem: string | null;
  set(name: string, secret: string): void;
  get(name: string): string | null;
  remove(name: string): void;
  names(): string[];
}

type Owner = Pick<ElasticSource, 'id' | 'name' | 'url' | 'auth'>;

/** A secret is for one server and one user: with another address it is not sent. */
const keptSchema = z.strictObject({ boundTo: z.string(), secret: z.string() });

const PREFIX = 'log-source:';

export class SourceSecrets {
  private readonly session = new Map<string, string>();

  constructor(
    private readonly vault: Vault,
    private readonly report: (problem: string) => void,
  ) {}

  set(owner: Owner, secret: string): void {
    const kept = JSON.stringify({ boundTo: bindingOf(owner), secret });
    if (this.vault.problem === null) this.vault.set(nameOf(owner.id), kept);
    else this.session.set(owner.id, kept);
  }

  /** Null when there is none for this server and user. @throws FailureError when the store cannot be read. */
  get(owner: Owner): string | null {
    const text = this.session.get(owner.id) ?? this.readVault(owner);
    if (text === null) return null;
    const kept = keptSchema.safeParse(JSON.parse(text));
    return kept.success && kept.data.boundTo === bindingOf(owner) ? kept.data.secret : null;
  }

  state(owners: readonly Owner[]): ElasticSecrets {
    const kept = owners.filter((owner) => this.holds(owner)).map(({ id }) => id);
    const { problem } = this.vault;
    return {
      kept,
      problem:
        problem === null
          ? null
          : `${problem} Those of log sources are used until Nightdesk closes.`,
    };
  }

  /** Forgets those of sources that are gone; deleted sources can be brought back until then. */
  prune(ids: readonly string[]): void {
    try {
      for (const name of this.vault.names()) {
        const id = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : null;
        if (id !== null && !ids.includes(id)) this.vault.remove(name);
      }
    } catch (error) {
      this.report(`Secrets of deleted log sources were not removed: ${kindOf(error)}.`);
    }
  }

  private holds(owner: Owner): boolean {
    try {
      return this.get(owner) !== null;
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      this.report(error.failure.message);
      return false;
    }
  }

  private readVault(owner: Owner): string | null {
    // What was kept before the key store went is as good as not there.
    if (this.vault.problem !== null) return null;
    try {
      return this.vault.get(nameOf(owner.id));
    } catch (error) {
      throw new FailureError({
        kind: 'credentials-missing',
        connectionId: elasticPlace(owner.id),
        operation: 'logs.source',
        message: `The secret of ${owner.name} cannot be read from the key store (${kindOf(error)}).`,
        advice: 'Enter it again in the settings, under Log sources.',
      });
    }
  }
}

const nameOf = (id: string): string => `${PREFIX}${id}`;

/** Errors of a key store may quote what they stumbled over. */
const kindOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

function bindingOf({ url, auth }: Owner): string {
  const user = auth.kind === 'basic' ? auth.user : '';
  return JSON.stringify([new URL(url).origin, auth.kind, user]);
}
