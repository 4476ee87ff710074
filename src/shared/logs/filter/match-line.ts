import { assertNever } from '../../assert-never';
import { foldCase } from '../fold-case';
import { levelOfLine } from '../line-level';
import type { LogSource } from '../log-event';
import type { EnvelopeField, Filter } from './filter';
import { isEnvelopeField } from './filter';
import { jsonIn, valuesAt } from './json-path';
import { type CompileRegex, valueTest } from './test-value';

export interface Line {
  message: string;
  timestamp: number;
  ingestion: number;
  source: LogSource;
}

/** Value of an envelope field; null where a line has none. */
export function envelopeValue(line: Line, field: EnvelopeField): string | number | null {
  switch (field) {
    case '@connection':
      return line.source.connectionId;
    case '@region':
      return line.source.region;
    case '@group':
      return line.source.group;
    case '@stream':
      return line.source.stream;
    case '@time':
      return line.timestamp;
    case '@ingested':
      return line.ingestion;
    case '@message':
      return line.message;
    case '@level':
      return levelOfLine(line.message);
    default:
      return assertNever(field);
  }
}

/**
 * What a filter means, line by line: the engine's answer must be the same, only sooner. Also says why one line
 * matches, for highlighting.
 */
export function lineMatcher(filter: Filter, regex: CompileRegex): (line: Line) => boolean {
  switch (filter.kind) {
    case 'all':
      return () => true;
    case 'text': {
      if (filter.exactCase) return ({ message }) => message.includes(filter.text);
      const folded = foldCase(filter.text);
      return ({ message }) => foldCase(message).includes(folded);
    }
    case 'regex': {
      const matches = regex(filter.source, filter.ignoreCase);
      return ({ message }) => matches(message);
    }
    case 'field': {
      const { path } = filter;
      const test = valueTest(filter.test, regex);
      if (isEnvelopeField(path)) return (line) => test(envelopeValue(line, path));
      return ({ message }) => valuesAt(jsonIn(message), path).some(test);
    }
    case 'not': {
      const matches = lineMatcher(filter.of, regex);
      return (line) => !matches(line);
    }
    case 'and': {
      const parts = filter.of.map((part) => lineMatcher(part, regex));
      return (line) => parts.every((matches) => matches(line));
    }
    case 'or': {
      const parts = filter.of.map((part) => lineMatcher(part, regex));
      return (line) => parts.some((matches) => matches(line));
    }
    default:
      return assertNever(filter);
  }
}
