import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../../src/shared/dashboards/cloudformation/template';

const folder = '../shared/corpus/cfn';
const present = existsSync(folder);
if (!present) console.warn(`${folder} is absent: real templates are not tested.`);
/** 077 is a recording of DescribeAlarms' answers, not a template. */
const files = present
  ? readdirSync(folder)
      .filter((file) => !file.endsWith('.snapshot.json'))
      .toSorted()
  : [];

/** Counted on the text itself, without parsing. */
const occurrences = (text: string, type: string): number =>
  text
    .split('\n')
    .filter((line) =>
      new RegExp(
        `^\\s*["']?Type["']?\\s*:\\s*["']?AWS::CloudWatch::${type}["']?\\s*,?\\s*(#.*)?$`,
      ).test(line),
    ).length;

function read(file: string, values: Record<string, string> = {}) {
  const text = readFileSync(join(folder, file), 'utf8');
  const result = readTemplate(text, file, values);
  if (result.kind === 'failed') throw new Error(`${file}: ${JSON.stringify(result.problem)}`);
  return { text, result };
}

describe.skipIf(!present)('real templates', () => {
  it('there are some', () => expect(files.length).toBeGreaterThan(30));

  it.each(files)('%s: every alarm and dashboard is found', (file) => {
    const { text, result } = read(file);
    expect(result.alarms).toHaveLength(
      occurrences(text, 'Alarm') + occurrences(text, 'CompositeAlarm'),
    );
    expect(result.dashboards).toHaveLength(occurrences(text, 'Dashboard'));
    for (const alarm of result.alarms) {
      const line = text.split('\n')[(alarm.line ?? 0) - 1] ?? '';
      expect(line.trim()).toMatch(new RegExp(`^["']?${alarm.logicalId}["']?\\s*:`));
    }
  });

  it.each(files)('%s: what is open in an alarm is an input without a value', (file) => {
    const { result } = read(file);
    const open = result.inputs.filter((input) => input.value === null).map(({ id }) => id);
    for (const alarm of result.alarms) {
      for (const id of alarm.openInputs) expect(open).toContain(id);
      const shown = JSON.stringify([alarm.name, alarm.metric, alarm.alarmActions]);
      if (shown.includes('‹') && alarm.created) expect(alarm.openInputs).not.toHaveLength(0);
    }
  });

  it.each(files)(
    '%s: answering the open inputs closes them',
    (file) => {
      const values: Record<string, string> = {};
      for (let round = 0; round < 5; round += 1) {
        const open = read(file, values).result.inputs.filter((input) => input.value === null);
        if (open.length === 0) break;
        for (const { id } of open) values[id] = `picked-${Object.keys(values).length}`;
      }
      const { result } = read(file, values);
      expect(result.inputs.filter((input) => input.value === null)).toEqual([]);
      for (const alarm of result.alarms) expect(alarm.openInputs).toEqual([]);
    },
    30_000,
  );
});
