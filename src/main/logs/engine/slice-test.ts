import { assertNever } from '../../../shared/assert-never';
import type { Filter } from '../../../shared/logs/filter/filter';
import { isEnvelopeField } from '../../../shared/logs/filter/filter';
import { envelopeValue, lineMatcher } from '../../../shared/logs/filter/match-line';
import { valueTest } from '../../../shared/logs/filter/test-value';
import { isEmpty, minus, unite } from './bits';
import { fieldTest } from './field-test';
import { levelTest } from './level-test';
import { compileRegex, requiredText } from './regex-guard';
import { eachLine, needleTest, type Slice, type SliceTest } from './slice';

/** @throws RegexError for an expression that cannot be asked. */
export function sliceTest(filter: Filter): SliceTest {
  switch (filter.kind) {
    case 'all':
      return { cost: 0, run: (_slice, within) => within };
    case 'text':
      return textTest(filter);
    case 'regex': {
      const matches = compileRegex(filter.source, filter.ignoreCase);
      const required = requiredText(filter.source);
      const before = required === null ? null : needleTest(required, !filter.ignoreCase);
      const each = eachLine((slice, i) => matches(slice.segment.text(i)));
      return before ? inTurn([before.test, each]) : each;
    }
    case 'field':
      if (filter.path === '@level') return levelTest(filter);
      return isEnvelopeField(filter.path) ? envelopeTest(filter) : fieldTest(filter);
    case 'not': {
      const of = sliceTest(filter.of);
      return { cost: of.cost, run: (slice, within) => minus(within, of.run(slice, within)) };
    }
    case 'and':
      return inTurn(filter.of.map(sliceTest));
    case 'or':
      return anyOf(filter.of.map(sliceTest));
    default:
      return assertNever(filter);
  }
}

/** The cheap ones first; the others look at what is left. */
function inTurn(tests: SliceTest[]): SliceTest {
  const sorted = tests.toSorted((a, b) => a.cost - b.cost);
  return {
    cost: sorted[0]?.cost ?? 0,
    run(slice, within) {
      let left = within;
      for (const test of sorted) {
        if (isEmpty(left)) break;
        left = test.run(slice, left);
      }
      return left;
    },
  };
}

function anyOf(tests: SliceTest[]): SliceTest {
  const sorted = tests.toSorted((a, b) => a.cost - b.cost);
  return {
    cost: sorted.at(-1)?.cost ?? 0,
    run(slice, within) {
      const found = new Uint32Array(within.length);
      for (const test of sorted) unite(found, test.run(slice, minus(within, found)));
      return found;
    },
  };
}

function textTest(filter: Extract<Filter, { kind: 'text' }>): SliceTest {
  const quick = needleTest(filter.text, filter.exactCase);
  if (quick && !quick.check && !filter.text.includes('\ufffd')) return quick.test;
  const matches = lineMatcher(filter, compileRegex);
  const each = eachLine(({ segment, dataset, firstRow }, i) =>
    matches({
      message: segment.text(i),
      timestamp: 0,
      ingestion: 0,
      source: dataset.source(firstRow + i),
    }),
  );
  // U+FFFD also stands for bytes that are no UTF-8: those are seen in the text only.
  return quick && !filter.text.includes('\ufffd') ? inTurn([quick.test, each]) : each;
}

function envelopeTest(filter: Extract<Filter, { kind: 'field' }>): SliceTest {
  const { path } = filter;
  if (!isEnvelopeField(path)) return fieldTest(filter);
  const test = valueTest(filter.test, compileRegex);
  const bySource = path !== '@time' && path !== '@ingested' && path !== '@message';
  const known: boolean[] = [];
  const line = (slice: Slice, i: number) => {
    const row = slice.firstRow + i;
    return {
      message: path === '@message' ? slice.segment.text(i) : '',
      timestamp: slice.dataset.columns.time(row),
      ingestion: slice.dataset.columns.ingestion(row),
      source: slice.dataset.source(row),
    };
  };
  const each = eachLine((slice, i) => {
    if (path === '@time') return test(slice.dataset.columns.time(slice.firstRow + i));
    if (!bySource) return test(envelopeValue(line(slice, i), path));
    const source = slice.dataset.columns.sources[slice.firstRow + i] ?? 0;
    return (known[source] ??= test(envelopeValue(line(slice, i), path)));
  });
  return { cost: path === '@message' ? 2 : 1, run: each.run };
}
