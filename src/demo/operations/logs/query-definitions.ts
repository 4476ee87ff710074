import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { decodeToken, encodeToken, indexAfter } from '../paging';
import type { Operation } from '../operation';
import { invalidToken, notFound } from './errors';
import { parseLogsInput } from './input';

const putInput = z.object({
  name: z.string().min(1).max(255),
  queryString: z.string().min(1).max(10_000),
  queryDefinitionId: z.string().min(1).max(256).optional(),
  logGroupNames: z.array(z.string()).optional(),
  queryLanguage: z.enum(['CWLI', 'SQL', 'PPL']).optional(),
  clientToken: z.string().optional(),
});

/** Saves a query, or replaces the one whose id is given. */
export const putQueryDefinition: Operation = ({ world, region }, body) => {
  const input = parseLogsInput(putInput, body);
  const { definitions } = region.logs;
  if (input.queryDefinitionId !== undefined && !definitions.has(input.queryDefinitionId)) {
    throw notFound('The specified query definition does not exist.');
  }
  const queryDefinitionId = input.queryDefinitionId ?? randomUUID();
  definitions.set(queryDefinitionId, {
    queryDefinitionId,
    name: input.name,
    queryString: input.queryString,
    queryLanguage: input.queryLanguage ?? 'CWLI',
    logGroupNames: input.logGroupNames ?? [],
    lastModified: world.now(),
  });
  return { queryDefinitionId };
};

const describeInput = z.object({
  queryDefinitionNamePrefix: z.string().min(1).max(255).optional(),
  queryLanguage: z.enum(['CWLI', 'SQL', 'PPL']).optional(),
  maxResults: z.number().int().min(1).max(1000).optional(),
  nextToken: z.string().min(1).optional(),
});

/** By name; a name may begin with a folder and a slash. */
export const describeQueryDefinitions: Operation = ({ region }, body) => {
  const input = parseLogsInput(describeInput, body);
  const prefix = input.queryDefinitionNamePrefix ?? '';
  const keyOf = (d: { name: string; queryDefinitionId: string }): string =>
    `${d.name}\u0000${d.queryDefinitionId}`;
  const found = [...region.logs.definitions.values()]
    .filter(
      (definition) =>
        definition.name.startsWith(prefix) &&
        (input.queryLanguage ?? definition.queryLanguage) === definition.queryLanguage,
    )
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const question = ['definitions', prefix];
  const from =
    input.nextToken === undefined
      ? 0
      : indexAfter(found, keyOf, decodeToken(question, input.nextToken, invalidToken));
  const page = found.slice(from, from + (input.maxResults ?? 1000));
  const last = page.at(-1);
  return {
    queryDefinitions: page,
    ...(last !== undefined && from + page.length < found.length
      ? { nextToken: encodeToken(question, keyOf(last)) }
      : {}),
  };
};

const deleteInput = z.object({ queryDefinitionId: z.string().min(1) });

export const deleteQueryDefinition: Operation = ({ region }, body) => {
  const { queryDefinitionId } = parseLogsInput(deleteInput, body);
  if (!region.logs.definitions.delete(queryDefinitionId)) {
    throw notFound('The specified query definition does not exist.');
  }
  return { success: true };
};
