import { createHash } from 'node:crypto';
import { z } from 'zod';
import { pointTo } from '../../actions/releases';
import type { DemoFunction, FunctionAlias } from '../../actions/resources';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import { aliasOf, findFunction, functionArn, lambdaError, versionOf } from './find';

const named = z.object({ FunctionName: z.string(), Qualifier: z.string().optional() });

const when = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

function configuration(
  region: RegionStore,
  one: DemoFunction,
  version: string,
): Record<string, unknown> {
  const digest = createHash('sha256').update(`${one.name}/${version}`).digest('base64');
  return {
    FunctionName: one.name,
    FunctionArn:
      version === '$LATEST'
        ? functionArn(region, one.name)
        : `${functionArn(region, one.name)}:${version}`,
    Runtime: 'nodejs22.x',
    Role: `arn:aws:iam::${region.accountId}:role/${one.name}-role`,
    Handler: 'index.handler',
    CodeSize: 48_211,
    Description: one.description,
    Timeout: 30,
    MemorySize: 512,
    LastModified: when(one.modifiedAt),
    CodeSha256: digest,
    Version: version,
    Environment: { Variables: one.environment },
    TracingConfig: { Mode: 'Active' },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['arm64'],
  };
}

export const listFunctions: Operation = ({ region }, body) => {
  const input = parseInput(
    z.object({
      MaxItems: z.coerce.number().int().min(1).optional(),
      Marker: z.string().optional(),
    }),
    body,
  );
  const all = [...region.resources.functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const from = input.Marker === undefined ? 0 : Number(input.Marker);
  // However many are asked for, a page has at most fifty.
  const next = from + Math.min(input.MaxItems ?? 50, 50);
  return {
    Functions: all.slice(from, next).map((one) => configuration(region, one, '$LATEST')),
    NextMarker: next < all.length ? String(next) : undefined,
  };
};

export const getFunctionConfiguration: Operation = ({ region }, body) => {
  const input = parseInput(named, body);
  const { one, qualifier } = findFunction(region, input.FunctionName);
  return configuration(region, one, versionOf(region, one, input.Qualifier ?? qualifier));
};

export const getFunction: Operation = (context, body) => ({
  Configuration: getFunctionConfiguration(context, body),
  Code: { RepositoryType: 'S3', Location: `${context.endpoint}/code` },
  Tags: { System: 'demo' },
});

export const listVersions: Operation = ({ region }, body) => {
  const { one } = findFunction(region, parseInput(named, body).FunctionName);
  return {
    Versions: ['$LATEST', ...one.versions.map(String)].map((version) =>
      configuration(region, one, version),
    ),
  };
};

const aliasShape = (
  region: RegionStore,
  one: DemoFunction,
  alias: FunctionAlias,
): Record<string, unknown> => ({
  AliasArn: `${functionArn(region, one.name)}:${alias.name}`,
  Name: alias.name,
  FunctionVersion: alias.version,
  Description: alias.description,
  RevisionId: alias.revisionId,
});

export const listAliases: Operation = ({ region }, body) => {
  const { one } = findFunction(region, parseInput(named, body).FunctionName);
  return { Aliases: [...one.aliases.values()].map((alias) => aliasShape(region, one, alias)) };
};

const aliasInput = z.object({ FunctionName: z.string(), Name: z.string() });

export const getAlias: Operation = ({ region }, body) => {
  const input = parseInput(aliasInput, body);
  const { one } = findFunction(region, input.FunctionName);
  return aliasShape(region, one, aliasOf(region, one, input.Name));
};

const updateInput = aliasInput.extend({
  FunctionVersion: z.string().optional(),
  Description: z.string().optional(),
  RevisionId: z.string().optional(),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export const updateAlias: Operation = ({ region, world }, body) => {
  const input = parseInput(updateInput, body);
  const { one } = findFunction(region, input.FunctionName);
  const alias = aliasOf(region, one, input.Name);
  if (input.RevisionId !== undefined && input.RevisionId !== alias.revisionId) {
    throw lambdaError(
      'PreconditionFailedException',
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      412,
    );
  }
  const version = input.FunctionVersion ?? alias.version;
  const to = versionOf(region, one, version);
  alias.description = input.Description ?? alias.description;
  pointTo(region, alias, to);
  const now = world.now();
  // Requests that are under way end on the version they began with.
  region.resources.later(now + 5_000, (at) => world.releases.repointed(region, one, at));
  return aliasShape(region, one, alias);
};
