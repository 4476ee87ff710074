import { beforeEach, describe, expect, it } from 'vitest';
import {
  draftFromAlarm,
  draftOfText,
  keepUnsaved,
  newDraft,
  unsavedOf,
} from '../../../src/renderer/runbooks/editor/drafts';
import {
  fileNameOf,
  fileNameProblem,
  freeName,
  renamed,
} from '../../../src/renderer/runbooks/editor/file-names';
import { outlineOf } from '../../../src/renderer/runbooks/editor/outline';
import { useRunbookListing } from '../../../src/renderer/runbooks/listing-store';
import type { RunbookListing } from '../../../src/shared/runbooks/listing';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';

const listing: RunbookListing = {
  folders: [
    { path: '/starter', source: 'starter', problem: null },
    { path: '/gone', source: 'own', problem: 'The folder cannot be read.' },
    { path: '/team', source: 'own', problem: null },
  ],
  entries: [
    {
      id: 'x/orders.yaml',
      folder: '/team',
      fileName: 'orders.yaml',
      source: 'own',
      name: 'Orders',
      class: 'reads',
      runbook: null,
      problems: [],
    },
  ],
};

beforeEach(() => useRunbookListing.setState({ listing, failure: null }));

describe('a new draft', () => {
  it('is a runbook already, under a name that is free, in the first folder that can be read', () => {
    const draft = newDraft(listing);
    expect(draft).toMatchObject({
      id: null,
      folder: '/team',
      fileName: 'new-runbook.yaml',
      replaces: null,
    });
    expect(readRunbook(draft.text).problems).toEqual([]);
    expect(draftOfText('', 'Orders').fileName).toBe('orders-2.yaml');
  });
  it('has no folder while there is none', () => {
    expect(newDraft({ folders: [], entries: [] }).folder).toBeNull();
  });
  it('belongs to the alarm it is begun from, whatever that is called', () => {
    for (const name of ['Orders 5XX', '{% $now %} *', "it's: [a] #1", 'x'.repeat(255)]) {
      const draft = draftFromAlarm({ name, description: '# Text: {% x %}\n- a' });
      const read = readRunbook(draft.text);
      expect(read.problems).toEqual([]);
      expect(fileNameProblem(draft.fileName)).toBeNull();
      expect(read.runbook?.alarms).toHaveLength(1);
    }
  });
  it('asks for the metric of the alarm', () => {
    const query = {
      id: 'm1',
      expression: null,
      label: null,
      returnData: true,
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      dimensions: [{ name: 'ServiceName', value: 'orders' }],
      stat: 'Average',
      periodSeconds: 60,
      unit: null,
      accountId: null,
    };
    const metric = {
      queries: [query],
      periodSeconds: 60,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      threshold: 80,
      thresholdMetricId: null,
      comparison: 'GreaterThanThreshold',
      treatMissingData: 'missing' as const,
    };
    const read = readRunbook(draftFromAlarm({ name: 'CPU', metric }).text);
    expect(read.runbook?.steps[1]?.do).toMatchObject({
      kind: 'metric-query',
      metrics: [{ metric: 'CPUUtilization', dimensions: { ServiceName: 'orders' } }],
    });
  });
});

describe('what is not saved', () => {
  it('is kept by draft, and let go', () => {
    const [one, other] = [newDraft(listing), draftFromAlarm({ name: 'CPU' })];
    keepUnsaved(one, { text: 'mine', folder: '/team', fileName: 'a.yaml' });
    expect(unsavedOf(one)?.text).toBe('mine');
    expect(unsavedOf(other)).toBeUndefined();
    keepUnsaved(one, null);
    expect(unsavedOf(one)).toBeUndefined();
  });
  it('is found again where the file was changed meanwhile, with the draft it came from', () => {
    const draft = { id: 'a/b.yaml', folder: '/team', fileName: 'b.yaml', text: 'x', replaces: '1' };
    keepUnsaved(draft, { text: 'mine', folder: '/team', fileName: 'b.yaml' });
    expect(unsavedOf({ ...draft, text: 'theirs', replaces: '2' })?.draft.replaces).toBe('1');
    keepUnsaved(draft, null);
  });
});

describe('names of files', () => {
  it.each([
    ['High CPU: what to do', 'high-cpu-what-to-do.yaml'],
    ['Überlast', 'u-berlast.yaml'],
    ['../../etc', 'etc.yaml'],
    ['≠', 'runbook.yaml'],
    ['x'.repeat(300), `${'x'.repeat(80)}.yaml`],
  ])('%s', (name, fileName) => {
    expect(fileNameOf(name)).toBe(fileName);
    expect(fileNameProblem(fileName)).toBeNull();
  });
  it('are taken whatever their case', () => {
    const entries = [{ folder: '/a', fileName: 'X.yaml' }];
    expect(freeName('x.yaml', '/a', entries)).toBe('x-2.yaml');
    expect(freeName('x.yaml', '/b', entries)).toBe('x.yaml');
  });
  it.each(['x', '../x.yaml', '.x.yaml', '/x.yaml', 'x.yaml\n', ''])('%j is none', (fileName) =>
    expect(fileNameProblem(fileName)).not.toBeNull(),
  );
});

describe('another name', () => {
  it('leaves the rest as it is, comments too', () => {
    const text = '# ours\nname: Old # why\nsteps: []\n';
    expect(renamed(text, 'New: "x"')).toBe('# ours\nname: "New: \\"x\\"" # why\nsteps: []\n');
    expect(renamed('steps: []\n', 'New')).toBe('steps: []\n');
  });
});

describe('the outline', () => {
  it('tells steps, lines and classes, also of a text with mistakes', () => {
    const text = `nightdesk: runbook/1
steps:
  - { id: look, do: { kind: describe, what: alarm, name: x } }
  - id: reboot
    name: Reboot it
    do:
      kind: rds-reboot
  - id: odd
    do: { kind: what }
  -
undo:
  - { id: note, class: changes, do: { kind: note, text: x } }
`;
    expect(outlineOf(text)).toEqual([
      {
        title: 'Look at a resource',
        id: 'look',
        kind: 'describe',
        class: 'reads',
        undo: false,
        line: 3,
      },
      {
        title: 'Reboot it',
        id: 'reboot',
        kind: 'rds-reboot',
        class: 'destroys',
        undo: false,
        line: 4,
      },
      { title: 'odd', id: 'odd', kind: 'what', class: null, undo: false, line: 8 },
      { title: 'Note', id: 'note', kind: 'note', class: 'changes', undo: true, line: 12 },
    ]);
  });
  it.each(['', '[', 'steps: 1', 'steps:\n  - *none\n', '{{{{'])('is empty of %j', (text) =>
    expect(outlineOf(text)).toEqual([]),
  );
});
