/** Where CloudWatch could not read the query; forgotten once it is written anew. */
import type { QueryMistake } from './QueryEditor';
import type { QueryRun } from './store';

const NONE: readonly QueryMistake[] = [];

export function mistakesOf(run: QueryRun | null, text: string): readonly QueryMistake[] {
  const targets = run?.state?.targets;
  if (run === null || targets === undefined || run.asked.query !== text) return NONE;
  const byPlace = new Map<string, QueryMistake>();
  for (const { mistake, failure } of targets) {
    if (mistake === undefined || mistake === null || failure === null) continue;
    byPlace.set(`${mistake.start}-${mistake.end}`, { ...mistake, message: failure.message });
  }
  return byPlace.size === 0 ? NONE : [...byPlace.values()];
}
