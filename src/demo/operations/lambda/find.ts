import { AwsError } from '../../errors';
import type { DemoFunction, FunctionAlias } from '../../actions/resources';
import type { RegionStore } from '../../region';

export const lambdaError = (code: string, message: string, status: number): AwsError =>
  new AwsError(code, message, status, code, 'com.amazonaws.lambda', {
    Type: status >= 500 ? 'Service' : 'User',
    Message: message,
  });

export const functionArn = (region: RegionStore, name: string): string =>
  `arn:aws:lambda:${region.name}:${region.accountId}:function:${name}`;

const notFound = (region: RegionStore, what: string): AwsError =>
  lambdaError('ResourceNotFoundException', `Function not found: ${functionArn(region, what)}`, 404);

/** A function by name, partial or whole ARN, each perhaps with a qualifier at its end. */
export function findFunction(
  region: RegionStore,
  reference: string,
): { one: DemoFunction; qualifier: string | undefined } {
  const tail = /(?:^|:function:)([^:]+)(?::([^:]+))?$/.exec(reference);
  const name = tail?.[1] ?? reference;
  const one = region.resources.functions.get(name);
  if (one === undefined) throw notFound(region, name);
  return { one, qualifier: tail?.[2] };
}

/** `$LATEST` or a number; throws for a qualifier that is neither version nor alias. */
export function versionOf(
  region: RegionStore,
  one: DemoFunction,
  qualifier: string | undefined,
): string {
  if (qualifier === undefined || qualifier === '$LATEST') return '$LATEST';
  const alias = one.aliases.get(qualifier);
  if (alias !== undefined) return alias.version;
  if (one.versions.includes(Number(qualifier))) return qualifier;
  throw notFound(region, `${one.name}:${qualifier}`);
}

export function aliasOf(region: RegionStore, one: DemoFunction, name: string): FunctionAlias {
  const alias = one.aliases.get(name);
  if (alias === undefined) {
    throw lambdaError(
      'ResourceNotFoundException',
      `Cannot find alias arn: ${functionArn(region, one.name)}:${name}`,
      404,
    );
  }
  return alias;
}
