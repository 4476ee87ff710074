/** Values of an action once expressions have given them. */
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import { stepKindSchema } from '../../shared/runbooks/step-kinds';
import type { StepAction } from '../../shared/runbooks/step-kinds';

/** An expression with or without its `{% %}`. */
export const bare = (text: string): string => /^\s*\{%([\s\S]*)%\}\s*$/.exec(text)?.[1] ?? text;

/** The action with its values; what an expression gave must fit as well. @throws FailureError */
export function readAction(value: unknown): StepAction {
  const parsed = stepKindSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw new FailureError(
    invalid(`${path === '' ? 'The step' : path}: ${issue?.message ?? 'not valid'}`),
  );
}

export const invalid = (message: string): Failure => ({
  kind: 'invalid',
  connectionId: null,
  operation: 'runbook',
  message,
  advice: 'Change the runbook or its inputs, then look at the plan again.',
});

export const failureOf = (error: unknown): Failure =>
  error instanceof FailureError
    ? error.failure
    : invalid(error instanceof Error ? error.message : String(error));

/** A number where an expression may have stood. @throws FailureError naming the field */
export function numberIn(value: number | string, field: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new FailureError(invalid(`${field}: a number is wanted.`));
}

/** @throws FailureError naming the field */
export function flagIn(value: boolean | string | undefined, field: string): boolean {
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  throw new FailureError(invalid(`${field}: true or false is wanted.`));
}

/** @throws FailureError naming the field */
export function namesIn(value: readonly string[] | string, field: string): string[] {
  if (typeof value !== 'string') return [...value];
  throw new FailureError(invalid(`${field}: a list is wanted.`));
}
