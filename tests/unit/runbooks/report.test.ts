import { afterEach, describe, expect, it } from 'vitest';
import { htmlReport, markdownReport } from '../../../src/shared/runbooks/report';
import type { RunState, StepRun } from '../../../src/shared/runbooks/run';
import { hostileTexts } from '../../e2e/fixtures/hostile';
import { startRig } from './rig';
import type { Rig } from './rig';

const stepOf = (text: string): StepRun => ({
  id: text,
  name: text,
  kind: 'note',
  class: 'changes',
  status: 'failed',
  startedAt: Date.UTC(2026, 10, 23, 3),
  endedAt: Date.UTC(2026, 10, 23, 3, 0, 2),
  attempt: 2,
  requestJson: JSON.stringify({ [text]: text }),
  requestSha256: 'a'.repeat(64),
  outputSha256: 'b'.repeat(64),
  output: { kind: 'table', json: JSON.stringify({ columns: [text], rows: [[text]] }) },
  failure: { kind: 'unknown', connectionId: null, operation: 'x', message: text, advice: text },
  progress: null,
  question: null,
  note: text,
});

const runOf = (text: string): RunState => ({
  runId: text,
  runbookId: text,
  name: text,
  alarmKey: `c|arn:aws:cloudwatch:us-east-1:1:alarm:${text}`,
  connectionId: text,
  region: text,
  inputs: { [text]: text },
  class: 'changes',
  hash: text,
  by: text,
  secondPerson: text,
  automatic: false,
  undoOf: text,
  status: 'failed',
  pausing: false,
  steps: [
    stepOf(text),
    { ...stepOf(text), output: { kind: 'text', json: JSON.stringify(text) } },
    {
      ...stepOf(text),
      output: {
        kind: 'series',
        json: JSON.stringify({ series: [{ label: text, points: [[0, 1], text] }] }),
      },
    },
    { ...stepOf(text), requestJson: text, output: { kind: 'json', json: text } },
  ],
  people: [{ at: 0, by: text, action: 'skip', stepId: text, note: text }],
  startedAt: Date.UTC(2026, 10, 23, 3),
  endedAt: Date.UTC(2026, 10, 23, 3, 0, 6),
  revision: 1,
  undoable: true,
});

const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
const acting = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

const nasty = [
  ...hostileTexts,
  '\u001b[31mred\u001b[0m\u001b]8;;http://x\u0007link\u001b]8;;\u0007',
  'a\0b',
  '```\n<script>1</script>\n```',
  '`````',
  '# heading\n- list\n> quote',
  '- list',
  '+ list',
  '1. list',
  '2) list',
  '====',
  '[x](javascript:1) ![x](http://x/y.png) <http://x> http://evil.example/x',
  '&lt;script&gt; &#60;img&#62;',
  '$x$ ~~x~~ ||x||',
];

describe('a report', () => {
  it('in HTML has the tags of a harmless one, whatever the run holds', () => {
    const harmless = tagsOf(htmlReport(runOf('word')));
    expect(harmless.filter((tag) => / (on\w+|href|src|srcdoc|style)\s*=/i.test(tag))).toEqual([]);
    for (const text of nasty) {
      const html = htmlReport(runOf(text));
      expect(tagsOf(html)).toEqual(harmless);
      expect(html.replaceAll('\n', '').replaceAll('\t', '')).not.toMatch(acting);
    }
    expect(htmlReport(runOf('word'))).toContain("default-src 'none'");
  });

  it('in Markdown has no markup, link or fence of the run’s own', () => {
    const shape = (text: string): string[] =>
      outsideOfFences(markdownReport(runOf(text)))
        .split('\n')
        .map((one) => /^(#+|>|-|`+|Asked|Answer)/.exec(one)?.[1] ?? '');
    const harmless = shape('word');
    for (const text of nasty.filter((one) => !one.includes('\n'))) {
      expect(shape(text)).toEqual(harmless);
    }
    for (const text of nasty) {
      const markdown = markdownReport(runOf(text));
      expect(markdown.replaceAll('\n', '').replaceAll('\t', '')).not.toMatch(acting);
      const outside = outsideOfFences(markdown);
      expect(outside).not.toMatch(/(?<!\\)(<|!\[|\]\()/);
      expect(outside).not.toMatch(/https?:\/\//);
    }
  });

  it('tells who, when, on what, each request and answer, and the hashes', () => {
    const run = {
      ...runOf('core'),
      inputs: { key: '••••••' },
      by: 'Maria',
      secondPerson: 'Alex',
      hash: 'c'.repeat(64),
    };
    for (const text of [markdownReport(run), htmlReport(run)]) {
      for (const fact of [
        'Maria',
        'Alex',
        '2026-11-23 03:00:00 UTC',
        'after 6.0 s',
        'try 2',
        '••••••',
        'a'.repeat(64),
        'b'.repeat(64),
        'c'.repeat(64),
        'skipped core: core',
        'took 2.0 s',
        '1970-01-01 00:00:00 UTC  1',
      ]) {
        expect(text).toContain(fact);
      }
    }
  });
});

/** What a reader would see as Markdown. */
function outsideOfFences(markdown: string): string {
  let fence: string | null = null;
  return markdown
    .split('\n')
    .filter((one) => {
      const [mark] = /^`{3,}/.exec(one) ?? [null];
      if (fence === null && mark !== null) {
        fence = mark;
        return false;
      }
      if (fence !== null && one === fence) fence = null;
      else return fence === null;
      return false;
    })
    .join('\n');
}

describe('the report of a real run', () => {
  let rig: Rig;
  afterEach(() => rig.remove());

  it('holds what was asked and answered, and what people did, but no secret', async () => {
    rig = startRig({
      'a.yaml':
        "nightdesk: runbook/1\nname: Rotate\ninputs: [{ name: key, type: secret }, { name: who, type: text }]\nsteps:\n  - id: look\n    do: { kind: describe, what: bucket, name: b }\n  - id: tell\n    do: { kind: sns-publish, topic: t, message: '{% $inputs.who & $inputs.key %}' }\n",
    });
    rig.answers.set('describe', async () => Promise.reject(new Error('no S3CRET-key')));
    rig.answers.set('sns-publish', async () => ({ id: 'm-1', said: 'S3CRET-key' }));
    const inputs = { key: 'S3CRET-key', who: 'team' };
    const failed = await rig.run('a.yaml', inputs);
    const { runId } = failed;
    await rig.service.act({ action: 'skip', runId, stepId: 'look', reason: 'known S3CRET-key' });
    const state = await rig.until(runId, ({ status }) => status === 'done');
    const text = markdownReport(state);
    expect(text).not.toContain('S3CRET');
    for (const fact of ['team', 'm-1', 'first skipped look', state.hash]) {
      expect(text).toContain(fact);
    }
    expect(text.match(/SHA-256 [0-9a-f]{64}/g)).toHaveLength(3);
    expect(htmlReport(state)).not.toContain('S3CRET');
  });
});
