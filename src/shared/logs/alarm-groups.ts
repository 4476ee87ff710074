/** A guess of the log groups an alarm's lines are in: what settings say, then its dimensions, then names in common. */
import type { Alarm, Dimension } from '../alarms/alarm';
import { globMatches } from '../severity/glob';
import type { LogGroup } from './groups';
import type { LogSettings } from './settings';

export interface GuessedGroup {
  group: LogGroup;
  /** Why, as a sentence's end: `its function is crm-export`. */
  reason: string;
  score: number;
}

/** More would be searched than anybody reads. */
const MOST = 12;
const RULE = 1_000;
const DIMENSION = 100;

/**
 * @param children alarms of a composite one, which are looked at in its place
 * @returns the best first; empty when nothing fits
 */
export function groupsOfAlarm(
  alarm: Alarm,
  groups: readonly LogGroup[],
  rules: LogSettings['alarmGroups'],
  children: readonly Alarm[] = [],
): GuessedGroup[] {
  const best = new Map<LogGroup, GuessedGroup>();
  const take = (guess: GuessedGroup): void => {
    const before = best.get(guess.group);
    if (before === undefined || before.score < guess.score) best.set(guess.group, guess);
  };
  for (const guess of byRules(alarm, groups, rules)) take(guess);
  for (const one of children.length > 0 ? children : [alarm]) {
    const own = groups.filter(
      ({ connectionId, region }) => connectionId === one.connectionId && region === one.region,
    );
    for (const guess of [...byDimensions(one, own), ...byName(one, own)]) take(guess);
  }
  const guesses = [...best.values()].sort(
    (a, b) => b.score - a.score || (a.group.name < b.group.name ? -1 : 1),
  );
  const top = guesses[0]?.score ?? 0;
  // A sure guess is not watered down by faint ones.
  return guesses.filter(({ score }) => score * 4 >= top || score >= DIMENSION).slice(0, MOST);
}

function* byRules(
  alarm: Alarm,
  groups: readonly LogGroup[],
  rules: LogSettings['alarmGroups'],
): Generator<GuessedGroup, void, undefined> {
  for (const rule of rules) {
    if (!globMatches(rule.alarm, alarm.name)) continue;
    for (const group of groups) {
      if (!rule.groups.some((pattern) => globMatches(pattern, group.name))) continue;
      yield { group, reason: `the settings say so for ${rule.alarm}`, score: RULE };
    }
  }
}

/** Where each service writes, by the dimension that names the resource. */
function patternsOf({ name, value }: Dimension, namespace: string): string[] {
  switch (name) {
    case 'FunctionName':
      return [`/aws/lambda/${value}`];
    case 'DBInstanceIdentifier':
      return [`/aws/rds/instance/${value}/*`];
    case 'DBClusterIdentifier':
      return [`/aws/rds/cluster/${value}/*`];
    case 'ServiceName':
      return [`/ecs/*/${bareService(value)}`, `/ecs/${value}`, `/ecs/*/${value}`, `*/${value}`];
    case 'ClusterName':
      return [`/aws/ecs/containerinsights/${value}/*`, `/aws/eks/${value}/*`];
    case 'ApiName':
    case 'ApiId':
      return [`API-Gateway-Execution-Logs_${value}/*`, `/aws/apigateway/${value}*`];
    case 'GraphQLAPIId':
      return [`/aws/appsync/apis/${value}`];
    case 'App':
      return [`/aws/amplify/${value}*`];
    case 'ProjectName':
      return [`/aws/codebuild/${value}`];
    case 'StateMachineArn':
      return [`/aws/vendedlogs/states/${value.split(':').at(-1) ?? value}*`];
    case 'InstanceId':
      return namespace === 'AWS/EC2' ? [`*${value}*`] : [];
    default:
      return [];
  }
}

/** `crm-auth-service` writes to `…/auth`, and `crm-core-service` to `…/crm-core`. */
const bareService = (value: string): string => value.replace(/-(service|svc)$/, '');

function dimensionsOf(alarm: Alarm): { namespace: string; dimension: Dimension }[] {
  return (alarm.metric?.queries ?? []).flatMap(({ namespace, dimensions }) =>
    dimensions.map((dimension) => ({ namespace: namespace ?? '', dimension })),
  );
}

function byDimensions(alarm: Alarm, groups: readonly LogGroup[]): GuessedGroup[] {
  return dimensionsOf(alarm).flatMap(({ namespace, dimension }) =>
    patternsOf(dimension, namespace).flatMap((pattern, at) =>
      groups
        .filter(({ name }) => globMatches(pattern, name))
        .map((group) => ({
          group,
          reason: `its ${dimension.name} is ${dimension.value}`,
          score: DIMENSION * 2 - at,
        })),
    ),
  );
}

/** Words that say nothing of where a line is. */
const common = new Set([
  ...['aws', 'app', 'ecs', 'lambda', 'rds', 'instance', 'cluster', 'production', 'prod', 'staging'],
  ...['dev', 'service', 'high', 'low', 'rate', 'count', 'critical', 'warning', 'percent', 'alarm'],
  ...['time', 'not', 'empty', 'the', 'system', 'database', 'cpu', 'memory', 'running', 'tasks'],
]);

/** Words that name another than they mean. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  authentication: ['auth'],
  error: ['errors'],
  '5xx': ['access', 'errors'],
  '5xxerror': ['access', 'errors'],
  '4xx': ['access'],
  '4xxerror': ['access'],
  security: ['audit', 'auth'],
  risk: ['audit', 'auth'],
  auth: ['audit'],
  response: ['access'],
  latency: ['access'],
  business: ['analytics', 'business'],
};

function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);
}

function byName(alarm: Alarm, groups: readonly LogGroup[]): GuessedGroup[] {
  const queries = alarm.metric?.queries ?? [];
  const said = [
    alarm.name,
    ...queries.flatMap(({ namespace, metricName, dimensions }) => [
      namespace ?? '',
      metricName ?? '',
      ...dimensions.map(({ value }) => value.split('/').slice(1, -1).join(' ') || value),
    ]),
  ].flatMap(wordsOf);
  const wanted = new Set(said.filter((word) => !common.has(word)));
  const meant = new Map<string, number>();
  for (const word of [...wanted].flatMap((one) => synonyms[one] ?? [])) {
    meant.set(word, (meant.get(word) ?? 0) + 1);
  }
  const telling = tellingWords(groups);
  return groups.flatMap((group) => {
    const words = [...new Set(wordsOf(group.name))].filter((word) => telling(word));
    const same = words.filter((word) => wanted.has(word));
    const alike = words.filter((word) => !wanted.has(word) && meant.has(word));
    const hints = alike.reduce((sum, word) => sum + (meant.get(word) ?? 0), 0);
    const score = same.length * 10 + hints * 5 - words.length;
    if (same.length + alike.length === 0) return [];
    const reason = `${[...same, ...alike].join(', ')} in its name`;
    return [{ group, reason, score: Math.max(1, score) }];
  });
}

/** Few groups share no name by chance; of many, a word that most of them have tells nothing. */
const FEW_GROUPS = 3;

function tellingWords(groups: readonly LogGroup[]): (word: string) => boolean {
  const counts = new Map<string, number>();
  for (const { name } of groups) {
    for (const word of new Set(wordsOf(name))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (word) => groups.length <= FEW_GROUPS || (counts.get(word) ?? 0) * 2 <= groups.length;
}
