import { describe, expect, it } from 'vitest';
import { snap, valuesAt } from '../../../src/renderer/charts/at-moment';
import { niceStep } from '../../../src/renderer/charts/chart-config';
import { paletteStyle } from '../../../src/renderer/charts/chart-colors';
import { planOf } from '../../../src/renderer/charts/plan';
import { chartSummary } from '../../../src/renderer/charts/summary';
import { tooltipLines } from '../../../src/renderer/charts/tooltip';
import { MINUTE, modelOf, seriesOf, START } from './models';

const palette = Array.from({ length: 12 }, (_, at) => `#0000${(at + 16).toString(16)}`);
const none: ReadonlySet<string> = new Set();
const threshold = {
  value: 100,
  to: null,
  label: null,
  toLabel: null,
  color: null,
  fill: 'none' as const,
  axis: 'left' as const,
  visible: true,
};

describe('stack', () => {
  const model = modelOf([seriesOf('a', [1, 2, 3]), seriesOf('b', [10, Number.NaN, 30])], {
    stacked: true,
  });

  it('adds each to those before it; a gap adds nothing and draws nothing', () => {
    const { series } = planOf(model, palette, none);
    expect([...(series[1]?.top ?? [])]).toEqual([11, Number.NaN, 33]);
    expect([...(series[1]?.base ?? [])]).toEqual([1, 2, 3]);
  });

  it('closes up when a series is hidden', () => {
    const { series } = planOf(model, palette, new Set(['a']));
    expect([...(series[1]?.base ?? [])]).toEqual([0, 0, 0]);
  });

  it('reads the series’ own value at the hair and draws it at its top', () => {
    const found = valuesAt(planOf(model, palette, none), START + 2 * MINUTE);
    expect(found.map(({ value, drawn }) => [value, drawn])).toEqual([
      [30, 33],
      [3, 3],
    ]);
  });
});

describe('axes', () => {
  it('begin at zero unless the values lie far above it', () => {
    expect(planOf(modelOf([seriesOf('a', [2, 10])]), palette, none).left.low).toBe(0);
    expect(planOf(modelOf([seriesOf('a', [990, 1000])]), palette, none).left.low).toBe(990);
  });

  it('keep thresholds in sight and hidden series out of the reckoning', () => {
    const model = modelOf([seriesOf('a', [1, 2]), seriesOf('b', [5_000])], {
      thresholds: [threshold],
    });
    const { left } = planOf(model, palette, new Set(['b']));
    expect(left.high).toBeGreaterThan(100);
    expect(left.high).toBeLessThan(200);
  });

  it('have one unit only where their series agree', () => {
    const bytes = seriesOf('a', [1], { unit: 'Bytes' });
    expect(planOf(modelOf([bytes]), palette, none).left.unit).toBe('Bytes');
    const mixed = modelOf([bytes, seriesOf('b', [1], { unit: 'Count' })]);
    expect(planOf(mixed, palette, none).left.unit).toBeNull();
  });

  it('step in round numbers of what is written', () => {
    const model = modelOf([seriesOf('a', [7.6 * 1024 ** 2], { unit: 'Bytes' })]);
    expect(niceStep(planOf(model, palette, none).left)).toBe(2 * 1024 ** 2);
    const flat = { ...planOf(model, palette, none).left, low: 3, high: 3 };
    expect(niceStep(flat)).toBeUndefined();
  });
});

describe('colours', () => {
  it('come again dashed after the palette, and solid where hundreds are drawn', () => {
    expect(paletteStyle(palette, 12, 20)).toEqual({ color: palette[0], dash: [6, 3] });
    expect(paletteStyle(palette, 12, 500).dash).toEqual([]);
  });

  it('of a ghost are those of its series', () => {
    const model = modelOf([
      seriesOf('a', [1]),
      seriesOf('b', [1]),
      seriesOf('a0', [1], { ghost: true }),
      seriesOf('b0', [1], { ghost: true }),
    ]);
    const colors = planOf(model, palette, none).series.map((each) => each.color);
    expect(colors.slice(2)).toEqual(colors.slice(0, 2));
  });
});

describe('hair', () => {
  it('rests on the finest series’ datapoints, inside the window', () => {
    const plan = planOf(modelOf([seriesOf('a', [1, 2, 3])]), palette, none);
    expect(snap(plan, START + 1.4 * MINUTE)).toBe(START + MINUTE);
    expect(snap(plan, START - 9 * MINUTE)).toBe(START);
    expect(snap(plan, START + 9 * MINUTE)).toBe(START + 2 * MINUTE);
  });

  it('lists at most twelve, highest first, the nearest always among them', () => {
    const model = modelOf(
      Array.from({ length: 30 }, (_, at) => seriesOf(`s${at}\u202e`, [at, at])),
    );
    const plan = planOf(model, palette, none);
    const values = valuesAt(plan, START);
    const nearest = values.at(-1) ?? null;
    const { lines, more } = tooltipLines(values, plan, nearest);
    expect(lines).toHaveLength(12);
    expect(more).toBe(18);
    expect(lines[0]).toMatchObject({ label: 's29⟨202E⟩', value: '29' });
    expect(lines.at(-1)).toMatchObject({ label: 's0⟨202E⟩', nearest: true });
  });
});

describe('summary', () => {
  it('says how many, the last and the highest', () => {
    const model = modelOf([seriesOf('a', [12, 51, 43], { unit: 'Count' })]);
    expect(chartSummary(model)).toBe('1 series, last 43, max 51 at 03:01');
    expect(chartSummary(modelOf([seriesOf('a', [Number.NaN])]))).toBe('1 series, no datapoints');
  });
});
