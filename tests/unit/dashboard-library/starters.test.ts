import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { checkBody } from '../../../src/demo/dashboards/check-body';
import { crmDashboards, realtecheeDashboards } from '../../../src/demo/dashboards/small-dashboards';
import { metricKey } from '../../../src/demo/metrics/metric-source';
import { crm } from '../../../src/demo/systems/crm';
import { realtechee } from '../../../src/demo/systems/realtechee';
import { starterDir } from './library';

const bodySchema = z.object({
  widgets: z.array(
    z.object({
      type: z.string(),
      properties: z.object({
        region: z.string().optional(),
        view: z.string().optional(),
        metrics: z.array(z.unknown()).optional(),
        alarms: z.array(z.string()).optional(),
        annotations: z.record(z.string(), z.array(z.unknown())).optional(),
      }),
    }),
  ),
});
type Body = z.infer<typeof bodySchema>;

const starter = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(starterDir, name), 'utf8'));

async function bodies(): Promise<[string, Body][]> {
  const found: [string, unknown][] = [
    ...Object.entries(crmDashboards),
    ...Object.entries(realtecheeDashboards),
  ];
  for (const name of await readdir(starterDir)) {
    if (name.endsWith('.json') && !name.includes('Grafana')) {
      found.push([name, await starter(name)]);
    }
  }
  return found.map(([name, body]) => {
    expect(checkBody(body), name).toEqual({ errors: [], warnings: [] });
    return [name, bodySchema.parse(body)];
  });
}

/** The words of each metric of a widget, with `.` and `...` written out; expressions left out. */
function metricsOf(rows: unknown[]): string[][] {
  let previous: string[] = [];
  return rows.flatMap((row) => {
    // An explorer's are objects.
    if (!Array.isArray(row)) return [];
    const words = z.array(z.string()).parse(row.filter((word) => typeof word !== 'object'));
    if (words.length === 0) return [];
    const rest = words.indexOf('...');
    const kept = rest < 0 ? [] : previous.slice(0, previous.length - words.length + 1 + rest);
    const given = rest < 0 ? words : words.slice(rest + 1);
    const whole = [...kept, ...given].map((word, at) =>
      word === '.' ? (previous[at] ?? '') : word,
    );
    previous = whole;
    return [whole];
  });
}

const declared = new Map(
  [crm, realtechee].map((system) => [
    system.region,
    new Set(
      system.metrics.map(({ namespace, metricName, dimensions }) =>
        metricKey(namespace, metricName, dimensions),
      ),
    ),
  ]),
);

describe('the starter dashboards and the demo’s', () => {
  it('name metrics and alarms that the demo has', async () => {
    const alarms = new Set(
      [...crm.alarms, ...crm.composites].map(
        ({ name }) => `arn:aws:cloudwatch:us-east-1:111122223333:alarm:${name}`,
      ),
    );
    let checked = 0;
    for (const [dashboard, { widgets }] of await bodies()) {
      for (const { properties } of widgets) {
        for (const [namespace = '', name = '', ...rest] of metricsOf(properties.metrics ?? [])) {
          const dimensions = rest.flatMap((Name, at) =>
            at % 2 === 0 ? [{ Name, Value: rest[at + 1] ?? '' }] : [],
          );
          const key = metricKey(namespace, name, dimensions);
          expect(declared.get(properties.region ?? '')?.has(key), `${dashboard}: ${key}`).toBe(
            true,
          );
          checked += 1;
        }
        const shown = [...(properties.alarms ?? []), ...(properties.annotations?.['alarms'] ?? [])];
        for (const arn of shown) expect(alarms.has(String(arn)), String(arn)).toBe(true);
      }
    }
    expect(checked).toBeGreaterThan(80);
  });

  it('show every kind of widget and every view', async () => {
    const { widgets } = bodySchema.parse(await starter('Every-Widget-Kind.json'));
    expect(new Set(widgets.map(({ type }) => type))).toEqual(
      new Set(['metric', 'text', 'log', 'alarm', 'explorer', 'custom']),
    );
    const views = widgets.flatMap(({ properties }) => properties.view ?? []);
    expect(new Set(views)).toEqual(
      new Set(['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table']),
    );
  });

  it('declare the CRM’s six alarms, two of them differently from the account', async () => {
    const text = await readFile(join(starterDir, 'crm-monitoring.yaml'), 'utf8');
    const template = z
      .object({
        Resources: z.record(
          z.string(),
          z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()) }),
        ),
      })
      .parse(parseDocument(text, { logLevel: 'silent' }).toJS());
    const declaredAlarms = Object.values(template.Resources).filter(
      ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
    );
    expect(declaredAlarms).toHaveLength(6);
    const differences = declaredAlarms.flatMap(({ Properties: wanted }) => {
      const actual = crm.alarms.find(({ name }) => name === wanted['AlarmName']);
      if (actual === undefined) return ['missing'];
      const pairs = {
        MetricName: actual.metricName,
        Namespace: actual.namespace,
        Statistic: actual.stat,
        Period: actual.period,
        EvaluationPeriods: actual.periods,
        Threshold: actual.threshold,
        ComparisonOperator: actual.comparison,
        TreatMissingData: actual.missing,
        AlarmDescription: actual.description,
      };
      return Object.entries(pairs).flatMap(([field, value]) =>
        wanted[field] === value ? [] : [`${actual.name} ${field}`],
      );
    });
    expect(differences).toEqual([
      'CRM-Database-High-CPU Threshold',
      'CRM-High-Auth-Failures EvaluationPeriods',
    ]);
  });
});
