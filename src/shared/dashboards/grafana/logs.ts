/** Panels over CloudWatch Logs: they show their query. */
import type { GridPlace, LogWidget, MetricView } from '../dashboard';
import { objects, strings, text } from './fields';
import type { Fields } from './fields';
import { ALL, substitute } from './interpolate';
import { regionOrNull } from './variable-query';
import type { Variables } from './variables';

const VIEWS: Readonly<Record<string, MetricView>> = {
  timeseries: 'timeSeries',
  graph: 'timeSeries',
  barchart: 'bar',
  bargauge: 'bar',
  piechart: 'pie',
};

/** A log group's name, also where its ARN is given. */
function groupName(written: string): string {
  return /^arn:[\w-]+:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(written)?.[1] ?? written;
}

function groupsOf(target: Fields, variables: Variables): string[] {
  const objectsGiven = objects(target, 'logGroups').map(
    (group) => text(group, 'name') || text(group, 'arn'),
  );
  const named = [
    ...objectsGiven,
    ...strings(target, 'logGroups'),
    ...strings(target, 'logGroupNames'),
  ];
  const groups = named.map((name) => groupName(substitute(name, variables.known)));
  return [...new Set(groups.filter((name) => name !== '' && name !== ALL))];
}

function languageOf(target: Fields): LogWidget['language'] {
  const written = text(target, 'queryLanguage');
  return written === 'PPL' || written === 'SQL' ? written : 'CWLI';
}

export function logWidget(
  base: GridPlace & { id: string; title: string },
  panel: Fields,
  target: Fields,
  variables: Variables,
  notes: string[],
): LogWidget {
  const type = text(panel, 'type');
  const logGroups = groupsOf(target, variables);
  const problems =
    logGroups.length > 0 ? notes : [...notes, 'The file names no log group for this query.'];
  return {
    ...base,
    kind: 'log',
    problems,
    query: substitute(text(target, 'expression'), variables.known),
    language: languageOf(target),
    logGroups,
    region: regionOrNull(substitute(text(target, 'region'), variables.known)),
    accountId: null,
    view: Object.hasOwn(VIEWS, type) ? (VIEWS[type] ?? 'table') : 'table',
  };
}
