/** A query variable of Grafana's CloudWatch source: how the account can offer its choices. */
import type { ChoiceSource } from '../read-result';
import { at, isFields, raw, text } from './fields';
import type { Fields } from './fields';
import { ALL, substitute } from './interpolate';
import type { Substitutions } from './interpolate';

export interface AccountQuery {
  from: ChoiceSource | null;
  choices: { value: string; label: string }[];
}

/** Commercial regions that CloudWatch has; one that is missing can be typed. */
const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'af-south-1',
  'il-central-1',
  'me-central-1',
  'me-south-1',
];
const STATISTICS = ['Average', 'Maximum', 'Minimum', 'Sum', 'SampleCount'];
const NOTHING: AccountQuery = { from: null, choices: [] };

function fixed(values: string[]): AccountQuery {
  return { from: null, choices: values.map((value) => ({ value, label: value })) };
}

/** A real region's name; null for Grafana's `default`, an open variable or nothing. */
export function regionOrNull(written: string): string | null {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(written) ? written : null;
}

interface DimensionQuestion {
  region: string;
  namespace: string;
  metricName: string;
  dimension: string;
  filters: Fields;
}

function dimensionValues(asked: DimensionQuestion, known: Substitutions): AccountQuery {
  const put = (written: string): string => substitute(written.trim(), known);
  const [namespace, dimension] = [put(asked.namespace), put(asked.dimension)];
  if (namespace === '' || dimension === '') return NOTHING;
  const filters = Object.keys(asked.filters)
    .map((name) => ({ name: put(name), value: put(filterText(asked.filters, name)) }))
    .filter((filter) => filter.name !== '' && filter.value !== '' && filter.value !== ALL);
  const metricName = put(asked.metricName);
  return {
    from: {
      namespace,
      metricName: metricName === '' || metricName === ALL ? null : metricName,
      dimension,
      filters,
      region: regionOrNull(put(asked.region)),
    },
    choices: [],
  };
}

function filterText(filters: Fields, name: string): string {
  const value = raw(filters, name);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : '';
}

/** `{"InstanceId":"$instance"}`, the last argument of the old form. */
function parsedFilters(written: string): Fields {
  if (!written.trim().startsWith('{')) return {};
  try {
    const value: unknown = JSON.parse(written);
    return isFields(value) ? value : {};
  } catch {
    // Grafana ignores filters it cannot read; so the choices are merely not narrowed.
    return {};
  }
}

/** `dimension_values($region, AWS/RDS, CPUUtilization, DBInstanceIdentifier)` and its like. */
function writtenQuery(query: string, known: Substitutions): AccountQuery {
  const call = /^\s*(\w+)\(([\s\S]*)\)\s*$/.exec(query);
  const inside = call?.[2] ?? '';
  switch (call?.[1]) {
    case 'regions':
      return fixed(REGIONS);
    case 'statistics':
      return fixed(STATISTICS);
    case 'dimension_values': {
      const braces = inside.indexOf('{');
      const head = braces === -1 ? inside : inside.slice(0, braces);
      const [region = '', namespace = '', metricName = '', dimension = ''] = head.split(',');
      const filters = braces === -1 ? {} : parsedFilters(inside.slice(braces));
      return dimensionValues({ region, namespace, metricName, dimension, filters }, known);
    }
    default:
      return NOTHING;
  }
}

/** What a `query` variable asks; nothing where only Grafana or another source could answer. */
export function accountQuery(variable: Fields, known: Substitutions): AccountQuery {
  const query = raw(variable, 'query');
  if (typeof query === 'string') return writtenQuery(query, known);
  if (!isFields(query)) return NOTHING;
  switch (text(query, 'queryType')) {
    case 'regions':
      return fixed(REGIONS);
    case 'statistics':
      return fixed(STATISTICS);
    case 'dimensionValues':
      return dimensionValues(
        {
          region: text(query, 'region'),
          namespace: text(query, 'namespace'),
          metricName: text(query, 'metricName'),
          dimension: text(query, 'dimensionKey'),
          filters: at(query, 'dimensionFilters'),
        },
        known,
      );
    default:
      return writtenQuery(text(query, 'query'), known);
  }
}
