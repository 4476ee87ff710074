import type { Filter } from '../../../shared/logs/filter/filter';
import { numberOf, valueTest } from '../../../shared/logs/filter/test-value';
import { isEmpty, setBit, unite } from './bits';
import { eachValue } from './json-values';
import { compileRegex, requiredTexts } from './regex-guard';
import { needleTest, type SliceTest } from './slice';

/** A JSON field's test: rows without the key's bytes fall out at the speed of memory, the kernel reads the others. */
export function fieldTest(filter: Extract<Filter, { kind: 'field' }>): SliceTest {
  const test = valueTest(filter.test, compileRegex);
  const candidates = candidateTest(filter);
  return {
    cost: 1,
    run(slice, within) {
      const out = new Uint32Array(within.length);
      const left = candidates.run(slice, within);
      if (isEmpty(left)) return out;
      eachValue(slice, left, filter.path, (i, values) => {
        if (values.some(test)) setBit(out, i);
      });
      return out;
    },
  };
}

/** Lines that may escape letters (\u0061) are always looked into. */
function candidateTest({ path, test }: Extract<Filter, { kind: 'field' }>): SliceTest {
  const needles = [keyNeedle(path), ...valueNeedles(test)].filter((needle) => needle !== null);
  const escapes = needleTest('\\u', true);
  return {
    cost: 0,
    run(slice, within) {
      let left = within;
      for (const needle of needles) left = needle.run(slice, left);
      if (!escapes || needles.length === 0) return left;
      const all = escapes.test.run(slice, within);
      unite(all, left);
      return all;
    },
  };
}

/** The path's last step and the quote behind it, nested or not. */
function keyNeedle(path: string): SliceTest | null {
  const last = path.slice(path.lastIndexOf('.') + 1);
  return /^[^"\\/\u0000-\u001f]+$/.test(last) ? (needleTest(`${last}"`, true)?.test ?? null) : null;
}

/** Of an expression so many stretches are looked for. */
const STRETCHES = 3;

function valueNeedles(test: Extract<Filter, { kind: 'field' }>['test']): (SliceTest | null)[] {
  // A number is also written otherwise: 200 as 2e2.
  if (test.kind === 'regex') {
    return requiredTexts(test.source)
      .filter((text) => !/^[\d.eE+-]+$/.test(text))
      .slice(0, STRETCHES)
      .map((text) => textNeedle(text, !test.ignoreCase));
  }
  if (test.kind !== 'contains' && test.kind !== 'equals') return [];
  return numberOf(test.text) === null ? [textNeedle(test.text, test.kind === 'equals')] : [];
}

/** What may be escaped in several ways (quotes, slashes) is left out. */
function textNeedle(text: string, exactCase: boolean): SliceTest | null {
  const pieces = text.split(/["\\/\u0000-\u001f\ufffd]/u);
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  return longest === '' ? null : (needleTest(longest, exactCase)?.test ?? null);
}
