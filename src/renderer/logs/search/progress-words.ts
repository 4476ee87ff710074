/** How far a search got, in one sentence. */
import type { LogSearch, SearchProgress } from '../../../shared/logs/search';

const number = (value: number): string => value.toLocaleString('en');
const plural = (count: number, one: string): string =>
  `${number(count)} ${one}${count === 1 ? '' : 's'}`;

/** Share of groups × time that has been read whole, 0 to 1. */
export function coverage(
  { groups }: SearchProgress,
  { startMs, endMs }: Pick<LogSearch, 'startMs' | 'endMs'>,
): number {
  if (groups.length === 0) return 1;
  const window = endMs - startMs;
  const read = groups.reduce((sum, { phase, coveredFromMs, coveredToMs }) => {
    if (phase === 'done') return sum + 1;
    if (coveredFromMs === null || coveredToMs === null || window <= 0) return sum;
    return sum + Math.min(1, Math.max(0, (coveredToMs - coveredFromMs) / window));
  }, 0);
  return read / groups.length;
}

const wholeWords = (groups: number): string =>
  groups === 1 ? 'the group' : groups === 2 ? 'both groups' : `all ${number(groups)} groups`;

/** What became of being throttled; nothing is tried again once the search was stopped. */
function throttleEnd(phase: SearchProgress['phase'], failed: number): string {
  if (phase === 'searching') return ', trying again';
  return phase === 'done' && failed === 0 ? ', caught up' : '';
}

export function searchSentence(
  progress: SearchProgress | null,
  search: Pick<LogSearch, 'startMs' | 'endMs'>,
): string {
  if (progress === null) return 'Starting the search…';
  const { groups, events, phase } = progress;
  const matching = groups.reduce((sum, group) => sum + (group.matching ?? 0), 0);
  const all = matching > events ? ` of ${number(matching)} that fit` : '';
  const parts = [`${plural(events, 'event')} found${all}`];
  const share = Math.floor(coverage(progress, search) * 100);
  const failed = groups.filter((group) => group.phase === 'failed').length;
  if (phase === 'done' && failed === 0) {
    parts.push(`${wholeWords(groups.length)} read whole, no gaps`);
  } else {
    parts.push(`${share} % of ${plural(groups.length, 'group')} read`);
  }
  if (phase === 'full') parts.push('stopped at the number of events asked for');
  if (phase === 'stopped') parts.push('stopped');
  if (failed > 0) parts.push(`${plural(failed, 'group')} failed: there may be more`);
  const throttles = groups.reduce((sum, group) => sum + group.throttles, 0);
  if (throttles > 0) parts.push(`throttled ${number(throttles)} ×${throttleEnd(phase, failed)}`);
  const empty = groups.reduce((sum, group) => sum + group.emptyPages, 0);
  if (empty > 0) parts.push(`${plural(empty, 'empty page')} passed`);
  return parts.join(' · ');
}
