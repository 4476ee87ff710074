/** From a line to the others of its request, over the groups they may be in, with the way back. */
import type { LogGroup } from '../../../shared/logs/groups';
import type { LogGroupRef } from '../../../shared/logs/settings';
import type { LogSource } from '../../../shared/logs/log-event';
import { showFailure, showToast } from '../../stores/toasts';
import { useGroups } from '../groups';
import { backToSearchBefore, startSearch, useSearch } from '../search/search-run';
import { isSameGroup, useLogs } from '../store';
import { patternOf } from './line-ids';

/** Looked at before and after the line (ms). */
export const FOLLOW_MS = 15 * 60_000;
/** Clocks of those who write lines may be ahead of ours by so much (ms). */
const AHEAD_MS = 60_000;

/** To 15 minutes after the line, but not into a time that has not been: there, no events would look like silence. */
export const followedUntil = (timestamp: number, now: number): number =>
  Math.min(timestamp + FOLLOW_MS, Math.max(now, timestamp + AHEAD_MS));

/** Groups that are searched at most; those that were chosen come first. */
const MOST_GROUPS = 60;

/** Kinds of things rather than names of applications. */
const kinds = new Set(
  (
    'aws lambda ecs eks ec2 rds api gateway apigateway app service services cluster instance amplify batch codebuild ' +
    'codepipeline containerinsights elasticbeanstalk events glue kinesis msk opensearch route53 sagemaker sns sqs ' +
    'states stepfunctions vendedlogs vpc waf prod production staging stage dev test log logs group'
  ).split(' '),
);

/** The application's name in a group's: `/aws/lambda/quote-builder-prod` is of `quote`. Null where it has none. */
export function appOf(name: string): string | null {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  return words.find((word) => word.length >= 3 && !kinds.has(word) && !/^\d+$/.test(word)) ?? null;
}

/** The line's group and those that were searched, then the others of the same connection and application. */
export function groupsToFollow(
  source: Pick<LogSource, 'connectionId' | 'region' | 'group'>,
  searched: readonly LogGroupRef[],
  known: readonly LogGroup[],
): LogGroupRef[] {
  const own = { connectionId: source.connectionId, region: source.region, name: source.group };
  const app = appOf(source.group);
  const related = known.filter(
    ({ connectionId, name, logClass }) =>
      // What the class does not let search would only be told as failed.
      app !== null &&
      connectionId === source.connectionId &&
      logClass === 'STANDARD' &&
      appOf(name) === app,
  );
  const found: LogGroupRef[] = [];
  for (const { connectionId, region, name } of [own, ...searched, ...related]) {
    const group = { connectionId, region, name };
    if (!found.some((one) => isSameGroup(one, group))) found.push(group);
    if (found.length === MOST_GROUPS) break;
  }
  return found;
}

/** The groups of the search on show, else those that are chosen. */
function searchedGroups(): LogGroupRef[] {
  const { run } = useSearch.getState();
  if (run === null) return [...useLogs.getState().chosen];
  return run.search.targets.flatMap(({ connectionId, region, groups }) =>
    groups.map((name) => ({ connectionId, region, name })),
  );
}

/** Searches for the id ± 15 minutes; the search on show is kept for the way back. */
export function followId(
  id: string,
  { timestamp, source }: { timestamp: number; source: LogSource },
): void {
  const groups = groupsToFollow(source, searchedGroups(), useGroups.getState().groups);
  const { setPattern, showTab } = useLogs.getState();
  const pattern = patternOf(id);
  const hadSearch = useSearch.getState().run !== null;
  showTab('search');
  // What is searched for is what the bar says.
  setPattern(pattern);
  startSearch({
    groups,
    startMs: timestamp - FOLLOW_MS,
    endMs: followedUntil(timestamp, Date.now()),
    pattern,
    newestFirst: false,
  }).catch((error: unknown) => showFailure(error, 'logs.search'));
  const followed = useSearch.getState().run?.search.searchId;
  showToast({
    level: 'done',
    text: `Following ${id}`,
    detail: `In ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}, 15 minutes before and after the line`,
    action: hadSearch
      ? {
          label: 'Back',
          run: () => {
            if (useSearch.getState().run?.search.searchId === followed) backToSearchBefore();
          },
        }
      : null,
  });
}
