/**
 * What of a filter CloudWatch can be asked with a JSON pattern, so that less is read: only where every line that the
 * filter finds, of those that are JSON, is found by the pattern as well.
 */
import type { FieldTest, Filter } from '../filter/filter';

const MAX_LENGTH = 1_024;

/** Empty where nothing can be asked. */
export function patternText(filter: Filter): string {
  const said = asked(filter);
  const text = said === null ? '' : `{ ${said} }`;
  return text.length <= MAX_LENGTH ? text : '';
}

function asked(filter: Filter): string | null {
  switch (filter.kind) {
    case 'field': {
      if (!/^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/.test(filter.path)) return null;
      return comparison(`$.${filter.path}`, filter.test);
    }
    case 'and': {
      const parts = filter.of.map(asked).filter((part) => part !== null);
      return parts.length === 0 ? null : grouped(parts, '&&');
    }
    case 'or': {
      const parts = filter.of.map(asked).filter((part) => part !== null);
      return parts.length < filter.of.length || parts.length === 0 ? null : grouped(parts, '||');
    }
    default:
      return null;
  }
}

const grouped = (parts: readonly string[], sign: string): string =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(` ${sign} `)})`;

function comparison(field: string, test: FieldTest): string | null {
  if (test.kind === 'exists') return `${field} = *`;
  if (test.kind === 'equals') {
    if (/^-?(?:0|[1-9]\d{0,14})$/.test(test.text)) return `${field} = ${test.text}`;
    return /^[\w .:@/-]+$/.test(test.text) && !/^(?:true|false|null)$/i.test(test.text)
      ? `${field} = "${test.text}"`
      : null;
  }
  if (test.kind !== 'range') return null;
  const { from, to, fromIncluded, toIncluded } = test;
  if ([from, to].some((bound) => bound !== null && /e/i.test(String(bound)))) return null;
  const parts = [
    ...(from === null ? [] : [`${field} ${fromIncluded ? '>=' : '>'} ${from}`]),
    ...(to === null ? [] : [`${field} ${toIncluded ? '<=' : '<'} ${to}`]),
  ];
  return parts.length === 0 ? null : grouped(parts, '&&');
}
