import { eachBit, setBit } from './bits';
import type { Dataset } from './dataset';
import type { Needle } from './kernel';
import { planNeedle } from './needle';
import type { Segment } from './segment';

/** A run of rows of one segment, at most SLICE_ROWS. */
export interface Slice {
  dataset: Dataset;
  segment: Segment;
  /** Row of the dataset that the segment's first is. */
  firstRow: number;
  from: number;
  count: number;
}

/** Which rows of a slice pass: some of `within`. */
export interface SliceTest {
  /** 0 at the speed of memory, 1 a look at some lines, 2 a look into every line. */
  cost: 0 | 1 | 2;
  /** Set when it does nothing but look for these bytes. */
  needle?: Needle;
  run(slice: Slice, within: Uint32Array): Uint32Array;
}

/** A test that looks at lines one by one; `i` counts from the segment's first row. */
export function eachLine(matches: (slice: Slice, i: number) => boolean): SliceTest {
  return {
    cost: 2,
    run(slice, within) {
      const out = new Uint32Array(within.length);
      eachBit(within, (i) => {
        if (matches(slice, slice.from + i)) setBit(out, i);
      });
      return out;
    },
  };
}

/** Rows that hold a text, perhaps too many (`check`); null when bytes cannot say. */
export function needleTest(
  text: string,
  exactCase: boolean,
): { test: SliceTest; check: boolean } | null {
  const plan = planNeedle(text, exactCase);
  if (plan === null) return null;
  const test: SliceTest = {
    cost: 0,
    ...(plan.check ? {} : { needle: plan.needle }),
    run({ segment, from, count }, within) {
      const out = new Uint32Array(within.length);
      segment.kernel.find(segment.top, from, count, within, out, plan.needle);
      return out;
    },
  };
  return { test, check: plan.check };
}
