/** Invokes a function and waits for what it gives. A function that fails fails the step. */
import { z } from 'zod';
import type { InvocationResponse } from '@aws-sdk/client-lambda';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { failed, orMissing, readsOf, shortName, unstoppable } from './common';

type Action = ActionOf<'lambda-invoke'>;

/** As long as a function may run, and a little. */
const LIMIT_MS = 16 * 60_000;

const requestOf = ({ function: name, qualifier, payload }: Action) => ({
  FunctionName: name,
  ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
  Payload: new TextEncoder().encode(JSON.stringify(payload ?? {})),
});

export const lambdaInvoke: ChangeHandler<'lambda-invoke'> = {
  kind: 'lambda-invoke',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: (action) => shortName(action.function),
  async effect(action, context) {
    const reads = readsOf(context);
    const { Payload, ...named } = requestOf(action);
    const found = await orMissing(`function ${shortName(action.function)}`, reads, () =>
      reads.getFunction(named, context.signal),
    );
    await reads.couldInvoke({ ...named, Payload }, context.signal);
    const version = found.Version === undefined ? '' : ` version ${found.Version}`;
    return `runs ${found.FunctionName ?? action.function}${version}, last changed ${dayOf(found.LastModified)}`;
  },
  async run(action, context, changes) {
    const { signal, tell, show } = context;
    tell('Waiting for the function');
    const answer = await unstoppable(
      signal,
      'The function may still run: an invocation cannot be stopped.',
      () =>
        changes.invoke(
          { ...requestOf(action), InvocationType: 'RequestResponse', LogType: 'Tail' },
          signal,
        ),
    );
    const output = jsonOutput({
      status: answer.StatusCode ?? null,
      version: answer.ExecutedVersion ?? null,
      payload: payloadOf(answer),
      log: answer.LogResult === undefined ? '' : decoded(answer.LogResult),
    });
    if (answer.FunctionError === undefined) return output;
    show(output);
    throw failed(
      `${shortName(action.function)} failed (${answer.FunctionError}): ${errorWords(answer)}`,
      'Its log is in the output.',
    );
  },
};

const dayOf = (modified: string | undefined): string =>
  modified === undefined ? 'at a time that is not known' : modified.slice(0, 16).replace('T', ' ');

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/** As JSON; a text that is none as it is. */
function payloadOf({ Payload }: InvocationResponse): unknown {
  if (Payload === undefined || Payload.length === 0) return null;
  const text = new TextDecoder().decode(Payload);
  try {
    return JSON.parse(text);
  } catch {
    // A function may give any text.
    return text;
  }
}

const errorSchema = z.object({
  errorType: z.string().optional(),
  errorMessage: z.string().optional(),
});

function errorWords(answer: InvocationResponse): string {
  const error = errorSchema.safeParse(payloadOf(answer));
  const { errorType, errorMessage } = error.data ?? {};
  const words = [errorType, errorMessage].filter((one) => one !== undefined).join(': ');
  return words === '' ? 'no reason was given' : words;
}
