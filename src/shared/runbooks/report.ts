/** What a run did, readable without Nightdesk: Markdown, and HTML in which everything is inert. */
import { deedsOf, factsOf, seen, stepFacts } from './report-facts';
import type { StepFacts } from './report-facts';
import type { RunState } from './run';

/** Whatever a name or an output holds, it stays text: no markup, no link, no control character. */
export function markdownReport(run: RunState): string {
  const deeds = deedsOf(run);
  return [
    `# ${line(seen(run.name))}`,
    '',
    ...factsOf(run).map(([label, value]) => `- **${line(label)}:** ${line(value)}`),
    '',
    ...(deeds.length === 0 ? [] : ['## People', '', ...deeds.map((one) => `- ${line(one)}`), '']),
    '## Steps',
    '',
    ...run.steps.flatMap((step, at) => stepMarkdown(stepFacts(step), at + 1)),
  ].join('\n');
}

/** One line without markup; an address in it is no link. */
const line = (text: string): string =>
  text
    .replaceAll(/[\n\t]+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|!~&$]/g, (letter) => `\\${letter}`)
    .replaceAll(/:\/\//g, ':\\/\\/')
    .trim()
    // What would begin a list or underline a heading.
    .replace(/^[-+=]/, (letter) => `\\${letter}`)
    .replace(/^(\d+)([.)])/, '$1\\$2');

function stepMarkdown(step: StepFacts, place: number): string[] {
  const { name, what, status, when, said, asked, answered, hashes } = step;
  return [
    `### ${place}. ${line(name)}`,
    '',
    `**${status}** · ${line(what)}${when === '' ? '' : ` · ${when}`}`,
    ...said.flatMap((text) => ['', `> ${line(text)}`]),
    ...(asked === null ? [] : ['', 'Asked for:', '', ...fenced(asked, 'json')]),
    ...(answered === null ? [] : ['', 'Answer:', '', ...fenced(answered, '')]),
    ...hashes.flatMap((hash) => ['', line(hash)]),
    '',
  ];
}

/** A fence longer than any within. */
function fenced(text: string, language: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  seen(text).replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? '');

const style = [
  'body{font:14px/1.5 system-ui,sans-serif;max-width:960px;margin:32px auto;padding:0 16px;color:#171d26;background:#fff}',
  'th{text-align:left;padding-right:16px;font-weight:600;vertical-align:top;white-space:nowrap}',
  'td,p,li{overflow-wrap:anywhere}',
  'pre{background:#f5f7f9;padding:10px;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}',
  'small{color:#556070;overflow-wrap:anywhere}',
  '.failed,.cancelled,.unknown{color:#b3212a}.done{color:#176c39}',
  'blockquote{margin:8px 0;padding-left:12px;border-left:3px solid #b4bfcb;overflow-wrap:anywhere}',
  '@media print{pre{white-space:pre-wrap}h3{break-after:avoid}}',
].join('');

/** One file without scripts, links or anything that is fetched. */
export function htmlReport(run: RunState): string {
  const rows = factsOf(run)
    .map(([label, value]) => `<tr><th>${escaped(label)}</th><td>${escaped(value)}</td></tr>`)
    .join('');
  const deeds = deedsOf(run).map((one) => `<li>${escaped(one)}</li>`);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escaped(run.name)}</title>`,
    `<style>${style}</style></head><body>`,
    `<h1>${escaped(run.name)}</h1><table>${rows}</table>`,
    ...(deeds.length === 0 ? [] : [`<h2>People</h2><ul>${deeds.join('')}</ul>`]),
    '<h2>Steps</h2>',
    ...run.steps.map((step, at) => stepHtml(stepFacts(step), at + 1)),
    '</body></html>',
  ].join('\n');
}

function stepHtml(step: StepFacts, place: number): string {
  const { name, what, status, when, said, asked, answered, hashes } = step;
  return [
    `<h3>${place}. ${escaped(name)}</h3>`,
    `<p>${escaped(what)} · <strong class="${escaped(status)}">${escaped(status)}</strong>${when === '' ? '' : ` · ${escaped(when)}`}</p>`,
    ...said.map((text) => `<blockquote>${escaped(text)}</blockquote>`),
    ...(asked === null ? [] : [`<p>Asked for:</p><pre>${escaped(asked)}</pre>`]),
    ...(answered === null ? [] : [`<p>Answer:</p><pre>${escaped(answered)}</pre>`]),
    ...hashes.map((hash) => `<p><small>${escaped(hash)}</small></p>`),
  ].join('\n');
}
