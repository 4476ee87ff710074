/** What the bench measures, called from outside through `window.drawing`. */
import '@mantine/core/styles.css';
import '../../../src/renderer/theme/tokens.css';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { flushSync } from 'react-dom';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { planOf } from '../../../src/renderer/charts/plan';
import type { ChartModel } from '../../../src/renderer/charts/chart-model';
import { createTimePicture } from '../../../src/renderer/charts/time-chart';
import { selectPlaces } from '../../../src/renderer/charts/place-selector';
import { TimeChart } from '../../../src/renderer/charts/TimeChart';
import { colorsNow } from '../../../src/renderer/charts/chart-colors';
import type { Bridge } from '../../../src/renderer/bridge';
import { noise, PERIOD_MS, POINTS, SERIES, START_MS } from './series';

const WIDTH = 1200;
const HEIGHT = 600;
const host = document.querySelector('#root') ?? document.body;

function modelOf(series: number, points: number, seed = 7, values = noise(series, points, seed)) {
  const axis = { min: null, max: null, label: null, unit: 'Percent' };
  const model: ChartModel = {
    startMs: START_MS,
    endMs: START_MS + (points - 1) * PERIOD_MS,
    stacked: false,
    series: Array.from({ length: series }, (_, index) => ({
      key: `m${index}`,
      label: `host-${index} CPUUtilization`,
      color: null,
      axis: 'left' as const,
      startMs: START_MS,
      periodMs: PERIOD_MS,
      values: values.subarray(index * points, (index + 1) * points),
      unit: 'Percent',
      drawAs: null,
      ghost: false,
      bandOf: null,
      note: null,
    })),
    left: axis,
    right: { ...axis, unit: null },
    thresholds: [],
    marks: [],
    spans: [],
    zone: 'utc',
  };
  return model;
}

/** Waits until the canvas' recorded strokes are pixels. */
function force(canvas: HTMLCanvasElement): void {
  canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
}

function box(): HTMLDivElement {
  const element = document.createElement('div');
  element.style.cssText = `position:relative;width:${WIDTH}px;height:${HEIGHT}px`;
  host.replaceChildren(element);
  return element;
}

const big = modelOf(SERIES, POINTS);
const colors = colorsNow();

/** From the series to pixels, ms. */
function drawOwn(): number {
  const element = box();
  const canvas = document.createElement('canvas');
  element.append(canvas);
  const begun = performance.now();
  const plan = planOf(big, colors.palette, new Set());
  const picture = createTimePicture(canvas, plan, colors, () => undefined);
  force(canvas);
  const took = performance.now() - begun;
  picture.destroy();
  return took;
}

const times = Array.from({ length: POINTS }, (_, index) => (START_MS + index * PERIOD_MS) / 1000);
const columns: uPlot.AlignedData = [times, ...big.series.map((each) => each.values)];

async function drawPeer(): Promise<number> {
  const element = box();
  const begun = performance.now();
  const plot = new uPlot(
    {
      width: WIDTH,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      series: [
        {},
        ...big.series.map((each, index) => ({
          label: each.label,
          stroke: colors.palette[index % colors.palette.length] ?? '#888',
          width: 1,
          points: { show: false },
        })),
      ],
    },
    columns,
    element,
  );
  // It draws in a microtask.
  await Promise.resolve();
  force(plot.ctx.canvas);
  const took = performance.now() - begun;
  plot.destroy();
  return took;
}

let root: Root | null = null;

function fresh(): Root {
  root?.unmount();
  const element = document.createElement('div');
  host.replaceChildren(element);
  root = createRoot(element);
  return root;
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** After the frame's style, layout and paint. */
const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => resolve(), { once: true });
    channel.port1.start();
    channel.port2.postMessage(null);
  });

function Wall({ models, columns }: { models: ChartModel[]; columns: number }) {
  return (
    <div style={{ display: 'grid', gridTemplateColumns: `repeat(${columns}, 1fr)`, gap: 4 }}>
      {models.map((model, index) => (
        <div key={index} style={{ height: 160 }}>
          <TimeChart model={model} name={`Widget ${index}`} cursorGroup="wall" legend="bottom" />
        </div>
      ))}
    </div>
  );
}

/** Main thread's work for each move of the pointer over linked charts, paint included, ms. */
async function crosshair(charts: number, moves: number): Promise<number[]> {
  const models = Array.from({ length: charts }, (_, index) => modelOf(5, 360, index + 1));
  flushSync(() => fresh().render(<Wall models={models} columns={5} />));
  for (let index = 0; index < 20; index += 1) await frame();
  const stage = document.querySelector('[role="slider"]');
  if (stage === null) throw new Error('no chart');
  const bounds = stage.getBoundingClientRect();
  const works: number[] = [];
  for (let move = 0; move < moves; move += 1) {
    await afterPaint();
    let frameBegan = 0;
    requestAnimationFrame(() => (frameBegan = performance.now()));
    const begun = performance.now();
    const x = bounds.left + 40 + ((move * 7) % (bounds.width - 60));
    stage.dispatchEvent(
      new PointerEvent('pointermove', {
        clientX: x,
        clientY: bounds.top + 60,
        bubbles: true,
      }),
    );
    const heard = performance.now() - begun;
    await frame();
    await afterPaint();
    works.push(heard + performance.now() - frameBegan);
  }
  return works;
}

/** From the answer to the last pixel of a dashboard, ms. */
async function dashboard(widgets: number): Promise<number> {
  const models = Array.from({ length: widgets }, (_, index) => modelOf(4, 180, index + 1));
  const target = fresh();
  await frame();
  await afterPaint();
  const begun = performance.now();
  flushSync(() => target.render(<Wall models={models} columns={6} />));
  await frame();
  for (const canvas of document.querySelectorAll('canvas')) {
    if (!canvas.className) force(canvas);
  }
  await afterPaint();
  return performance.now() - begun;
}

function isBridge(value: unknown): value is Bridge {
  return typeof value === 'object' && value !== null && 'request' in value;
}

/** One question through the bridge until its numbers can be read, ms. */
async function transfer(kind: 'set' | 'raw'): Promise<number> {
  const bridge: unknown = Reflect.get(window, 'nightdesk');
  if (!isBridge(bridge)) throw new Error('no bridge');
  const begun = performance.now();
  if (kind === 'raw') {
    await bridge.request('metrics.budget', undefined);
  } else {
    const reply = await bridge.request('metrics.query', {
      requestId: 'x',
      freshness: 'cached',
      group: {
        connectionId: 'c',
        region: 'r',
        queries: [],
        startMs: 0,
        endMs: 1,
        labelOffset: '+0000',
      },
    });
    if (!reply.ok) throw new Error(reply.failure.message);
    const heads: unknown = JSON.parse(reply.value.headsJson);
    if (!Array.isArray(heads) || reply.value.values.length !== SERIES * POINTS) {
      throw new Error('not what was sent');
    }
  }
  return performance.now() - begun;
}

/** Whether the worker starts under the console's policy and selects what the window would: places of a large chart. */
function worker(): Promise<number> {
  const model = modelOf(10, 200_000);
  const plan = planOf(model, colors.palette, new Set());
  const plot = {
    left: 0,
    top: 0,
    right: 1000,
    bottom: 100,
    startMs: model.startMs,
    endMs: model.endMs,
    leftAxis: { zero: 100, perUnit: 1 },
    rightAxis: { zero: 100, perUnit: 1 },
  };
  return new Promise((resolve) => {
    const asked = selectPlaces(plan, plot, (selection) => {
      let places = 0;
      for (const each of selection.values()) places += each.length;
      resolve(places);
    });
    if (!asked) resolve(-1);
  });
}

Object.defineProperty(window, 'drawing', {
  value: { drawOwn, drawPeer, crosshair, dashboard, transfer, worker },
});
document.documentElement.dataset['ready'] = 'true';
