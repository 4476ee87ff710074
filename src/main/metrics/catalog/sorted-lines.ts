/** Lines handled without a pause: some ten milliseconds of work. */
export const STEP = 5_000;

/** Sorted, each once; in parts that are then merged, so that no step is long. */
export function* sortedInSteps(lines: readonly string[]): Generator<void, string[], void> {
  let runs: string[][] = [];
  for (let at = 0; at < lines.length; at += STEP) {
    runs.push([...new Set(lines.slice(at, at + STEP))].toSorted());
    yield;
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let pair = 0; pair < runs.length; pair += 2) {
      merged.push(yield* mergedInSteps(runs[pair] ?? [], runs[pair + 1] ?? []));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergedInSteps(a: string[], b: string[]): Generator<void, string[], void> {
  const merged: string[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined && right === undefined) return merged;
    const takeLeft = right === undefined || (left !== undefined && left <= right);
    const line = takeLeft ? left : right;
    if (takeLeft) i += 1;
    if (!takeLeft || left === right) j += 1;
    if (line !== undefined) merged.push(line);
    if (merged.length % STEP === 0) yield;
  }
}
