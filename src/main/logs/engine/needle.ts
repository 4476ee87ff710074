import { foldCase, variantsOf } from '../../../shared/logs/fold-case';
import { MAX_NEEDLE, type Needle } from './kernel';

/** Bytes from the commonest in logs to the rarest; what is not listed is rarer still. */
const common =
  ' e"tasnriol0:,cd1umph2/-.3g5_46fy789bwv{}kIxET=jSARqDNCOz[]LPMUFHBGWVYXKQJZ()\\\';@#$%&*+<>!?|~^`';
const rarity = new Uint8Array(256).fill(255);
for (let i = 0; i < common.length; i += 1) rarity[common.charCodeAt(i)] = i;

export interface NeedlePlan {
  needle: Needle;
  /** The needle finds too much (never too little): a hit must be looked at again. */
  check: boolean;
}

const encoder = new TextEncoder();

/**
 * The bytes to look for so that every line with `text` is found. Letters whose forms differ in length, or that have
 * more than two, are left out: the longest stretch between them is looked for. Null when nothing is left.
 */
export function planNeedle(text: string, exactCase: boolean): NeedlePlan | null {
  let best: Forms = { low: [], up: [] };
  let stretch: Forms = { low: [], up: [] };
  let check = false;
  for (const letter of exactCase ? text : foldCase(text)) {
    const forms = exactCase ? [encoder.encode(letter)] : formsOf(letter);
    if (forms === null) {
      check = true;
      stretch = { low: [], up: [] };
      continue;
    }
    const [low, up = low] = forms;
    if (!low || !up) continue;
    // Two bytes that may differ each on its own also fit a third letter.
    check ||= low.filter((byte, i) => byte !== up[i]).length > 1;
    stretch.low.push(...low);
    stretch.up.push(...up);
    if (stretch.low.length > best.low.length) best = stretch;
  }
  if (best.low.length === 0) return null;
  check ||= best.low.length > MAX_NEEDLE;
  const low = Uint8Array.from(best.low.slice(0, MAX_NEEDLE));
  const up = Uint8Array.from(best.up.slice(0, MAX_NEEDLE));
  return { needle: { low, up, ...rarest(low, up) }, check };
}

interface Forms {
  low: number[];
  up: number[];
}

/** One or two encodings of equal length; null when there are others. A lone surrogate is in no line. */
function formsOf(letter: string): Uint8Array[] | null {
  const forms = variantsOf(letter).map((form) => encoder.encode(form));
  const [first] = forms;
  if (forms.length > 2 || forms.some((form) => form.length !== first?.length)) return null;
  return forms;
}

function rarest(low: Uint8Array, up: Uint8Array): { one: number; two: number } {
  const places = [...low.keys()].sort((a, b) => score(low, up, b) - score(low, up, a));
  return { one: places[0] ?? 0, two: places[1] ?? places[0] ?? 0 };
}

/** A letter in two forms is met about as often as its commoner one. */
const score = (low: Uint8Array, up: Uint8Array, at: number): number =>
  Math.min(rarity[low[at] ?? 0] ?? 0, rarity[up[at] ?? 0] ?? 0);
