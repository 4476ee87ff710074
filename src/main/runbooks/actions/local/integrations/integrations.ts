/** Named services that steps send to. What a service answers is told without its key or address. */
import { FailureError } from '../../../../../shared/failure';
import type { FailureKind } from '../../../../../shared/failure';
import {
  integrationKey,
  integrationSecretProblem,
} from '../../../../../shared/runbooks/integrations';
import type {
  Integration,
  IntegrationKind,
  IntegrationSecrets,
  IntegrationTest,
} from '../../../../../shared/runbooks/integrations';
import type { HttpAsker } from '../../../../net/guarded-http';
import type { HttpAnswer, HttpAsk } from '../../../../net/http-message';
import { snippet, textOf } from '../output';
import { IntegrationSecretStore } from './integration-secrets';
import type { IntegrationVault } from './integration-secrets';
import { messageRequest, pageRequest, trialRequest, trialVerdict } from './requests';
import type { Message, Page } from './requests';

export interface IntegrationsInit {
  list: () => readonly Integration[];
  vault: IntegrationVault;
  http: HttpAsker;
  report: (problem: string) => void;
}

type Of<K extends IntegrationKind> = Extract<Integration, { kind: K }>;

const failure = (kind: FailureKind, message: string, advice: string): FailureError =>
  new FailureError({ kind, connectionId: null, operation: 'integrations', message, advice });

export class Integrations {
  private readonly secrets: IntegrationSecretStore;

  constructor(private readonly init: IntegrationsInit) {
    this.secrets = new IntegrationSecretStore(init.vault, init.report);
  }

  /** @throws FailureError naming those there are */
  named<K extends IntegrationKind>(name: string, kinds: readonly K[]): Of<K> {
    const wanted = integrationKey(name);
    const fits = (one: Integration): one is Of<K> => kinds.some((kind) => kind === one.kind);
    const fitting = this.init.list().filter(fits);
    const found = fitting.find((one) => integrationKey(one.name) === wanted);
    if (found !== undefined) return found;
    const names = fitting.map((one) => one.name).join(', ');
    throw failure(
      'not-found',
      `There is no integration ${name} of this kind.${names === '' ? '' : ` There are: ${names}.`}`,
      'Add it in the settings, under Integrations, or change the runbook.',
    );
  }

  /** @throws FailureError where its secret is missing */
  ready(integration: Integration): void {
    this.secretOf(integration);
  }

  async message(
    to: Of<'webhook' | 'slack'>,
    message: Message,
    signal: AbortSignal,
  ): Promise<number> {
    const secret = this.secretOf(to);
    return (await this.send(to, secret, messageRequest(to, secret, message), signal)).status;
  }

  /** @returns the service's own number for the request, where it gives one */
  async page(to: Of<'pagerduty' | 'opsgenie'>, page: Page, signal: AbortSignal): Promise<unknown> {
    const secret = this.secretOf(to);
    const answer = await this.send(to, secret, pageRequest(to, secret, page), signal);
    return answered(answer);
  }

  async test(
    integration: Integration,
    typed: string | null,
    signal: AbortSignal,
  ): Promise<IntegrationTest> {
    const secret = typed ?? this.secretOf(integration);
    const problem = integrationSecretProblem(integration.kind, secret);
    if (problem !== null) return { ok: false, sentence: `${problem}.` };
    const answer = await this.ask(secret, trialRequest(integration, secret), signal);
    const { ok, sentence } = trialVerdict(integration, answer.status);
    const said = ok ? '' : saidBy(answer, secret);
    return { ok, sentence: said === '' ? sentence : `${sentence} It said: ${said}` };
  }

  /** @throws FailureError for what is no key or address of this kind */
  setSecret(integration: Integration, secret: string): void {
    const problem = integrationSecretProblem(integration.kind, secret);
    if (problem !== null) throw failure('invalid', `${problem}.`, 'Correct it, then save again.');
    this.secrets.set(integration, secret);
  }

  state(): IntegrationSecrets {
    return this.secrets.state(this.init.list());
  }

  stop(): void {
    this.secrets.prune(this.init.list().map(({ id }) => id));
  }

  private secretOf(integration: Integration): string {
    const secret = this.secrets.get(integration);
    if (secret !== null) return secret;
    throw failure(
      'credentials-missing',
      `The key or address of ${integration.name} is not kept on this computer.`,
      'Enter it in the settings, under Integrations.',
    );
  }

  private async send(
    { name }: Integration,
    secret: string,
    ask: HttpAsk,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const answer = await this.ask(secret, ask, signal);
    const { status } = answer;
    if (status >= 200 && status <= 299) return answer;
    const said = saidBy(answer, secret);
    throw failure(
      kindOf(status),
      `${name} answered ${status}${said === '' ? '.' : `: ${said}`}`,
      'It was not taken. See the integration in the settings, then try again.',
    );
  }

  private async ask(secret: string, ask: HttpAsk, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await this.init.http.ask(ask, signal);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      const message = without(error.failure.message, secret);
      throw new FailureError({ ...error.failure, operation: 'integrations', message });
    }
  }
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return 'denied';
  if (status === 404 || status === 410) return 'not-found';
  return status === 429 ? 'throttled' : 'unknown';
}

function answered(answer: HttpAnswer): unknown {
  const text = textOf(answer.bytes, answer.cut) ?? '';
  try {
    return JSON.parse(text);
  } catch {
    // Taken, though it is said in words.
    return snippet(text);
  }
}

const saidBy = ({ bytes, cut }: HttpAnswer, secret: string): string =>
  without(snippet(textOf(bytes, cut) ?? ''), secret);

/** A service may repeat what it was sent; an address' path is a secret as well. */
function without(text: string, secret: string): string {
  const parts = [secret];
  if (URL.canParse(secret)) {
    const { pathname, search } = new URL(secret);
    parts.push(`${pathname}${search}`, pathname, search);
  }
  return parts
    .filter((part) => part.length > 3)
    .reduce((masked, part) => masked.replaceAll(part, '…'), text);
}
