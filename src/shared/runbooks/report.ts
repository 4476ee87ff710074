/** What a run did, readable without Nightdesk: Markdown, and HTML in which everything is inert. */
import type { RunState, StepRun } from './run';

const FENCE = '```';

export function markdownReport(run: RunState): string {
  return [
    `# ${line(run.name)}`,
    '',
    ...facts(run).map(([label, value]) => `- **${label}:** ${line(value)}`),
    '',
    '## Steps',
    '',
    ...run.steps.flatMap((step, at) => stepMarkdown(step, at + 1)),
  ].join('\n');
}

/** Whatever a name or an output holds, it stays text: one line, no markup. */
const line = (text: string): string =>
  text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|!]/g, (letter) => `\\${letter}`)
    .trim();

function facts(run: RunState): [string, string][] {
  const all: [string, string | null][] = [
    ['Outcome', outcome(run)],
    ['Started', when(run.startedAt)],
    ['Ended', run.endedAt === null ? null : when(run.endedAt)],
    ['By', run.by],
    ['Second person', run.secondPerson],
    ['Alarm', run.alarmKey?.split(':').at(-1) ?? null],
    ['Where', [run.connectionId, run.region].filter((part) => part !== null).join(' ') || null],
    ['Run', run.runId],
    ['Approved plan', run.hash],
    ...Object.entries(run.inputs).map(([name, value]): [string, string] => [
      `Input ${name}`,
      value,
    ]),
  ];
  return all.flatMap(([label, value]) => (value === null ? [] : [[label, value]]));
}

const outcomes: Readonly<Record<RunState['status'], string>> = {
  running: 'still running',
  paused: 'paused',
  asking: 'waits for an answer',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted: the console ended while it ran',
};

const outcome = ({ status, automatic }: RunState): string =>
  `${outcomes[status]}${automatic ? ' (ran by itself)' : ''}`;

const when = (ms: number): string =>
  `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

const took = ({ startedAt, endedAt }: StepRun): string =>
  startedAt === null || endedAt === null ? '' : `, ${((endedAt - startedAt) / 1_000).toFixed(1)} s`;

function stepMarkdown(step: StepRun, place: number): string[] {
  const { name, id, kind, class: does, status, failure, note, requestJson, output } = step;
  const said = [failure?.message ?? null, note].filter((text) => text !== null);
  return [
    `### ${place}. ${line(name)}`,
    '',
    `${line(id)} · ${kind} · ${does} · **${status}**${step.attempt > 1 ? `, try ${step.attempt}` : ''}${took(step)}`,
    ...(step.startedAt === null ? [] : ['', `Began ${when(step.startedAt)}`]),
    ...said.flatMap((text) => ['', `> ${line(text)}`]),
    ...(requestJson === null
      ? []
      : ['', 'Asked for:', '', ...fenced(indented(requestJson), 'json')]),
    ...(output === null ? [] : ['', 'Answer:', '', ...fenced(outputText(output.json), '')]),
    '',
  ];
}

/** A fence longer than any within. */
function fenced(text: string, language: string): string[] {
  const longest = Math.max(0, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = longest === 0 ? FENCE : '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}

const LONGEST_TEXT = 20_000;

function outputText(json: string): string {
  const value = parsed(json);
  const text = typeof value === 'string' ? value : indented(json);
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}\n… cut`;
}

const indented = (json: string): string => {
  const value = parsed(json);
  return value === undefined ? json : JSON.stringify(value, null, 2);
};

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    // What was cut is shown as it is.
    return undefined;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? '');

/** One file without scripts, links or anything that is fetched. */
export function htmlReport(run: RunState): string {
  const rows = facts(run)
    .map(([label, value]) => `<tr><th>${escaped(label)}</th><td>${escaped(value)}</td></tr>`)
    .join('');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escaped(run.name)}</title>`,
    '<style>body{font:14px/1.5 system-ui,sans-serif;max-width:960px;margin:32px auto;padding:0 16px;color:#171d26}',
    'th{text-align:left;padding-right:16px;font-weight:600;vertical-align:top}pre{background:#f5f7f9;padding:10px;overflow:auto;white-space:pre-wrap}',
    '.failed,.cancelled,.unknown{color:#b3212a}.done{color:#176c39}blockquote{margin:8px 0;padding-left:12px;border-left:3px solid #b4bfcb}</style></head><body>',
    `<h1>${escaped(run.name)}</h1><table>${rows}</table><h2>Steps</h2>`,
    ...run.steps.map((step, at) => stepHtml(step, at + 1)),
    '</body></html>',
  ].join('\n');
}

function stepHtml(step: StepRun, place: number): string {
  const { name, id, kind, class: does, status, failure, note, requestJson, output } = step;
  const said = [failure?.message ?? null, note].filter((text) => text !== null);
  return [
    `<h3>${place}. ${escaped(name)}</h3>`,
    `<p>${escaped(id)} · ${escaped(kind)} · ${escaped(does)} · <strong class="${escaped(status)}">${escaped(status)}</strong>${escaped(took(step))}</p>`,
    ...said.map((text) => `<blockquote>${escaped(text)}</blockquote>`),
    ...(requestJson === null
      ? []
      : [`<p>Asked for:</p><pre>${escaped(indented(requestJson))}</pre>`]),
    ...(output === null ? [] : [`<p>Answer:</p><pre>${escaped(outputText(output.json))}</pre>`]),
  ].join('\n');
}
