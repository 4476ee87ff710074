/** What an incident's timeline tells of the runs of runbooks for its alarm. */
import { expect, it } from 'vitest';
import { createIncidentBook, latestIncident } from '../../../src/shared/incidents/incident-book';
import type { JournalEvent } from '../../../src/shared/incidents/journal-events';
import { reduceIncidents } from '../../../src/shared/incidents/reduce-incidents';
import type { TimelineEntry } from '../../../src/shared/incidents/incident';
import { transition } from './fixtures';

const sha256 = '0'.repeat(64);
const started = (more: object = {}): JournalEvent => ({
  type: 'runbook-started',
  runId: 'r1',
  commandId: 'c1',
  runbookId: 'starter/a.yaml',
  name: 'Look closer',
  alarmKey: 'c|cpu',
  connectionId: 'c',
  region: 'us-east-1',
  inputs: {},
  hasSecrets: false,
  class: 'reads',
  hash: sha256,
  sourceSha256: sha256,
  by: 'maria',
  secondPerson: null,
  automatic: false,
  undoOf: null,
  steps: [],
  ...more,
});
const step = (phase: 'done' | 'failed', output: unknown, name = 'Rows'): JournalEvent => ({
  type: 'runbook-step',
  runId: 'r1',
  stepId: 'a',
  name,
  kind: 'describe',
  phase,
  attempt: 1,
  request: null,
  output: typeof output === 'string' ? output : JSON.stringify(output),
  sha256,
  note: phase === 'failed' ? 'No such thing.' : null,
});
const ended = (
  status: 'done' | 'failed' | 'cancelled',
  note: string | null = null,
): JournalEvent => ({
  type: 'runbook-ended',
  runId: 'r1',
  status,
  note,
});
const person: JournalEvent = {
  type: 'runbook-person',
  runId: 'r1',
  action: 'retry',
  stepId: 'a',
  by: 'maria',
  note: null,
};
const asJson = (kind: string, value: unknown) => ({ kind, json: JSON.stringify(value) });

/** The lines about runs after these events, one second apart. */
function lines(events: JournalEvent[], twice = false): TimelineEntry[] {
  const book = createIncidentBook();
  reduceIncidents(book, {
    seq: 1,
    at: 0,
    event: { type: 'transition', transition: transition('cpu', 'ALARM', 0) },
  });
  events.forEach((event, i) => {
    const entry = { seq: i + 2, at: (i + 1) * 1_000, event };
    reduceIncidents(book, entry);
    if (twice) reduceIncidents(book, entry);
  });
  const { timeline = [] } = latestIncident(book, 'c|cpu') ?? {};
  return timeline.filter(({ kind }) => kind === 'runbook');
}

it('a run begins and ends there, with the person, the run and what it found', () => {
  const found = lines([
    started({ secondPerson: 'alex' }),
    step(
      'done',
      asJson('table', {
        columns: ['name', 'n'],
        rows: [
          ['a', '1'],
          ['b', '2'],
        ],
      }),
    ),
    step(
      'done',
      asJson('series', {
        series: [
          {
            label: 'CPU',
            points: [
              [0, 1],
              [1, 93.4567],
            ],
          },
        ],
      }),
      'Load',
    ),
    step('done', asJson('text', 'It\nholds.'), 'Check'),
    step('done', asJson('json', { a: [1] }), 'Json'),
    step('done', asJson('json', null), 'Nothing'),
    step('done', asJson('json', { status: 'ACTIVE', running: 3, events: [] }), 'Service'),
    ended('done'),
  ]);
  expect(found).toEqual([
    expect.objectContaining({
      text: 'Runbook Look closer began, with alex',
      by: 'maria',
      runId: 'r1',
    }),
    expect.objectContaining({
      by: 'maria',
      runId: 'r1',
      text: [
        'Runbook Look closer is done after 7.0 s',
        '• Rows: 2 rows, the first: name a, n 1',
        '• Load: newest CPU 93.46',
        '• Check: It holds.',
        '• Json: {"a":[1]}',
        '• Service: status ACTIVE, running 3',
      ].join('\n'),
    }),
  ]);
});

it('one that fails says why, and one that goes on ends once more', () => {
  const found = lines([
    started(),
    step('failed', null),
    ended('failed'),
    person,
    step('done', asJson('text', 'There.')),
    ended('done'),
  ]);
  expect(found.map(({ text }) => text)).toEqual([
    'Runbook Look closer began',
    'Runbook Look closer failed after 2.0 s: Rows: No such thing.',
    'Runbook Look closer is done after 5.0 s\n• Rows: There.',
  ]);
});

it('an output that was cut in the journal, or is none, is told as far as it goes', () => {
  const [, end] = lines([
    started(),
    step('done', '{"kind":"json","json":"[1,2… cut'),
    step('done', asJson('table', { columns: [], rows: [] }), 'Table'),
    step('done', { kind: 'series', json: '7' }, 'Series'),
    ended('cancelled'),
  ]);
  expect(end?.text).toBe(
    'Runbook Look closer was cancelled after 4.0 s\n• Rows: {"kind":"json","json":"[1,2… cut\n• Table: no rows\n• Series: no values',
  );
});

it('the same entry twice is one line; a run for no alarm or an unknown one is none', () => {
  expect(lines([started(), ended('done')], true)).toHaveLength(2);
  expect(lines([started({ alarmKey: null }), ended('done')])).toEqual([]);
  expect(lines([started({ alarmKey: 'c|other' }), ended('done')])).toEqual([]);
});

it('tells so much and no more', () => {
  const long = Array.from({ length: 40 }, (_, i) =>
    step('done', asJson('text', 'x'.repeat(5_000)), `Step ${i}`),
  );
  const [, end] = lines([started(), ...long, ended('done')]);
  expect(end?.text.split('\n')).toHaveLength(21);
  expect(end?.text.length).toBeLessThan(21 * 203);
});
