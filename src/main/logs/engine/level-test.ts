import type { Filter } from '../../../shared/logs/filter/filter';
import { scalarsOf } from '../../../shared/logs/filter/json-path';
import { valueTest } from '../../../shared/logs/filter/test-value';
import { levelOf, levelOfText, levelPaths } from '../../../shared/logs/log-event';
import { eachBit, isEmpty, minus, setBit } from './bits';
import { eachValue } from './json-values';
import { compileRegex } from './regex-guard';
import type { SliceTest } from './slice';

/** `@level:…`: the level a line was written at, found as the histogram and the facet find it. */
export function levelTest(filter: Extract<Filter, { kind: 'field' }>): SliceTest {
  const test = valueTest(filter.test, compileRegex);
  return {
    cost: 2,
    run(slice, within) {
      const out = new Uint32Array(within.length);
      const known = new Uint32Array(within.length);
      let left = within;
      for (const path of levelPaths) {
        if (isEmpty(left)) return out;
        eachValue(slice, left, path, (i, values) => {
          const level = values
            .flatMap(scalarsOf)
            .map(levelOf)
            .find((one) => one !== null);
          if (level === undefined) return;
          setBit(known, i);
          if (test(level)) setBit(out, i);
        });
        left = minus(within, known);
      }
      eachBit(left, (i) => {
        const text = slice.segment.text(slice.from + i, 512);
        if (test(levelOfText(text))) setBit(out, i);
      });
      return out;
    },
  };
}
