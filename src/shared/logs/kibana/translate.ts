/** Elasticsearch's query DSL in the terms of the local filter. */
import type { Filter } from '../filter/filter';
import { boolClause } from './bool';
import { existsClause, leafClauses } from './leaves';
import { ALL, NONE, both, either, lost, remark, within } from './reading';
import type { Reading, Spot } from './reading';
import { isShape, listOf } from './shapes';
import { textQuery } from './text-query';

/** Deeper queries are not written by people. */
const MAX_DEPTH = 60;

/**
 * One clause; null, with a note, for what cannot be said. Where parts are left out, what remains finds more than was
 * asked for, never less.
 */
export function translate(query: unknown, reading: Reading, spot: Spot, depth = 0): Filter | null {
  if (depth > MAX_DEPTH) return lost(reading, spot, 'The query is nested too deeply.');
  if (!isShape(query)) return lost(reading, spot, 'A clause is an object with one name.');
  const names = Object.keys(query).filter((name) => name !== '_name' && name !== 'boost');
  if (names.length === 0) return ALL;
  if (names.length > 1) {
    return both(
      names.map((name) =>
        clause(name, query[name], reading, within(spot, `.${name}`, true), depth),
      ),
      spot,
    );
  }
  const [name = ''] = names;
  return clause(name, query[name], reading, within(spot, `.${name}`, true), depth);
}

function clause(
  name: string,
  body: unknown,
  reading: Reading,
  spot: Spot,
  depth: number,
): Filter | null {
  const inner = (query: unknown, at: Spot): Filter | null =>
    translate(query, reading, at, depth + 1);
  const leaf = leafClauses[name];
  if (leaf !== undefined) return leaf(body, reading, spot);
  switch (name) {
    case 'bool':
      return boolClause(body, reading, spot, inner);
    case 'match_all':
      return ALL;
    case 'match_none':
      return NONE;
    case 'query_string':
    case 'simple_query_string':
      return textQuery(name, body, reading, spot);
    case 'constant_score':
    case 'function_score':
      return scored(body, name === 'constant_score' ? 'filter' : 'query', reading, spot, inner);
    case 'boosting':
      return scored(body, 'positive', reading, spot, inner);
    case 'dis_max': {
      const queries = isShape(body) ? listOf(body['queries']) : [];
      return either(
        queries.map((query, at) => inner(query, within(spot, `.queries[${at}]`))),
        spot,
      );
    }
    // As old exports have it.
    case 'missing': {
      const exists = existsClause(body, reading, spot);
      return exists === null ? null : { kind: 'not', of: exists };
    }
    case 'query':
      return inner(body, spot);
    default:
      return lost(reading, spot, `${name} cannot be said here.`);
  }
}

function scored(
  body: unknown,
  key: string,
  reading: Reading,
  spot: Spot,
  inner: (query: unknown, at: Spot) => Filter | null,
): Filter | null {
  if (!isShape(body) || body[key] === undefined) {
    return lost(reading, spot, `It has no ${key}.`);
  }
  remark(
    reading,
    spot,
    'What only changes the order by relevance was left out: events come by time.',
  );
  return inner(body[key], within(spot, `.${key}`, true));
}
