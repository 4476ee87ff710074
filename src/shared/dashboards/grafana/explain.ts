/** Panels that are not drawn: one sentence each, what it is and why. */
import type { ExplainedWidget, GridPlace } from '../dashboard';
import { text } from './fields';
import type { Fields } from './fields';

const SOURCES: Readonly<Record<string, string>> = {
  prometheus: 'Prometheus',
  loki: 'Loki',
  elasticsearch: 'Elasticsearch',
  influxdb: 'InfluxDB',
  stackdriver: 'Google Cloud Monitoring',
  'grafana-azure-monitor-datasource': 'Azure Monitor',
  'grafana-x-ray-datasource': 'AWS X-Ray',
  'grafana-athena-datasource': 'Amazon Athena',
  'grafana-timestream-datasource': 'Amazon Timestream',
  tempo: 'Tempo',
  jaeger: 'Jaeger',
  mysql: 'MySQL',
  postgres: 'PostgreSQL',
  testdata: 'Grafana test data',
  '-- Mixed --': 'several sources',
};

/** The data source's name for people. */
export function sourceName(type: string): string {
  return Object.hasOwn(SOURCES, type) ? (SOURCES[type] ?? type) : type;
}

const PANELS: Readonly<Record<string, string>> = {
  alertlist:
    "This is Grafana's own list of alerts; the alarms of your accounts are on the Alarms page.",
  alertGroups: "This is Grafana's own list of alert groups; alarms are on the Alarms page.",
  dashlist: 'This is a list of other Grafana dashboards, which live in Grafana only.',
  news: 'This is a news feed, which a console for alarms does not read.',
  nodeGraph: 'This is a graph of services from traces, which Nightdesk does not draw.',
  traces: 'This is a view of traces, which Nightdesk does not draw.',
  canvas: "This is a hand-drawn canvas of Grafana's, which only Grafana can draw.",
  geomap: 'This is a map, which Nightdesk does not draw.',
  annolist: "This is a list of Grafana's annotations, which live in Grafana only.",
  welcome: "This is Grafana's welcome panel.",
  'getting-started': "This is Grafana's welcome panel.",
  pluginlist: "This is Grafana's list of plugins.",
};

/** Why a panel of this type is not drawn, whatever it asks; null: nothing stands against its type. */
export function whyNotType(type: string): string | null {
  return Object.hasOwn(PANELS, type) ? (PANELS[type] ?? null) : null;
}

/** Why a panel without one query of CloudWatch's is not drawn. */
export function whyNoQuery(panel: Fields, source: string | null): string {
  const type = text(panel, 'type') || 'panel';
  if (source === 'grafana-x-ray-datasource') {
    return `This ${type} shows traces of AWS X-Ray, which are not CloudWatch metrics.`;
  }
  if (source !== null && source !== 'cloudwatch') {
    return `This ${type} asks ${sourceName(source)}; Nightdesk draws CloudWatch only.`;
  }
  if ('libraryPanel' in panel) {
    return 'This is a library panel: its definition is in Grafana, not in this file.';
  }
  if (source === 'cloudwatch') return `This ${type} asks CloudWatch for nothing yet.`;
  return `This ${type} has no query that CloudWatch could answer.`;
}

/** Definitions above this many characters are cut: they are for reading and copying. */
const MAX_SOURCE = 20_000;

export function explained(
  id: string,
  place: GridPlace,
  panel: Fields,
  sentence: string,
): ExplainedWidget {
  return {
    ...place,
    id,
    kind: 'explained',
    title: text(panel, 'title'),
    problems: [],
    what: text(panel, 'type') || 'panel',
    sentence,
    source: JSON.stringify(panel, null, 2).slice(0, MAX_SOURCE),
  };
}
