/** A checklist in Markdown becomes questions, one after the other, with what stands between them as notes. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Heading, List, ListItem, Nodes, RootContent } from 'mdast';
import type { Step } from '../step';
import { cannot, clipped, inert, Names, stepName, written } from './imported';
import type { Imported, Lost } from './imported';

/** Longer texts are no checklists, and unclosed brackets take a parser time that grows with their square. */
const LONGEST = 48 * 1_024;
/** Quotes within quotes, lists within lists. */
const DEEPEST = 40;

export function importMarkdown(source: string, fileName = ''): Imported {
  const text = source.replaceAll('\r\n', '\n');
  if (text.trim() === '') return cannot('There is no text.');
  if (text.length > LONGEST) {
    return cannot(`The text has more than ${LONGEST / 1_024} KB.`);
  }
  const deep = tooDeep(text);
  if (deep !== null) return cannot('Lists or quotes are nested too deeply here.', deep, 1);
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const made = new Checklist(text);
  for (const node of tree.children) made.take(node);
  made.flush();
  const title = made.title ?? (fileName.replace(/\.\w+$/, '') || 'Imported checklist');
  const description = 'Imported from a Markdown checklist.';
  return written({ name: title, description, steps: made.steps, lost: made.lost });
}

/** The first line whose marks nest too deeply, from 1: a parser would need as many calls within calls. */
function tooDeep(text: string): number | null {
  const lines = text.split('\n');
  const found = lines.findIndex((line) => {
    const marks = /^(?:\s*(?:>|[-*+]\s|\d{1,9}[.)]\s))+/.exec(line.slice(0, 2_000))?.[0] ?? '';
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    return marks.replaceAll(/[\s\d]/g, '').length > DEEPEST || indent > 8 * DEEPEST;
  });
  return found === -1 ? null : found + 1;
}

class Checklist {
  title: string | null = null;
  readonly steps: Step[] = [];
  readonly lost: Lost[] = [];
  private readonly names = new Names();
  /** What is said before the next question. */
  private said: { name: string | null; texts: string[] } = { name: null, texts: [] };

  constructor(private readonly source: string) {}

  take(node: RootContent): void {
    switch (node.type) {
      case 'heading':
        this.heading(node);
        return;
      case 'list':
        this.flush();
        this.list(node);
        return;
      case 'thematicBreak':
      case 'definition':
      case 'yaml':
        return;
      case 'html':
        this.lost.push({
          line: lineOf(node),
          message: 'HTML is not shown in a runbook: it stands in a note as text.',
        });
        this.said.texts.push(fenced(this.raw(node)));
        return;
      default:
        this.said.texts.push(this.raw(node));
    }
  }

  /** What was said becomes a note. */
  flush(): void {
    const { name, texts } = this.said;
    this.said = { name: null, texts: [] };
    if (name === null && texts.length === 0) return;
    const text = [...(name === null ? [] : [`**${name}**`]), ...texts].join('\n\n');
    const id = this.names.of(name ?? texts[0] ?? '', 'note');
    this.steps.push({
      id,
      ...(name !== null && name !== '' && { name: stepName(name) }),
      do: { kind: 'note', text: clipped(inert(text), 20_000) },
    });
  }

  private heading(node: Heading): void {
    const words = this.within(node);
    if (node.depth === 1 && this.title === null && this.steps.length === 0) {
      this.title = words;
      return;
    }
    this.flush();
    this.said = { name: words, texts: [] };
  }

  private list({ children, ordered, start }: List): void {
    children.forEach((item, i) => {
      const number = ordered === true ? `${(start ?? 1) + i}. ` : '';
      this.item(item, number);
    });
  }

  private item(item: ListItem, number: string): void {
    const own = item.children.filter(({ type }) => type !== 'list');
    const lists = item.children.filter((child) => child.type === 'list');
    const question = own
      .map((node) => this.raw(node))
      .join('\n\n')
      .trim();
    if (question !== '') {
      const name = stepName(`${number}${plain(own[0])}`);
      this.steps.push({
        id: this.names.of(name, 'step'),
        ...(name !== '' && { name }),
        do: { kind: 'ask', question: clipped(inert(question), 20_000), answer: 'confirm' },
      });
    }
    for (const list of lists) this.list(list);
  }

  /** As it is written. */
  private raw(node: Nodes): string {
    const { start, end } = node.position ?? {};
    const text = this.source.slice(start?.offset ?? 0, end?.offset ?? 0);
    // Lines after the first keep the column of the list they are in.
    const indent = (start?.column ?? 1) - 1;
    return text.replaceAll(new RegExp(`\\n[ \\t]{1,${Math.max(indent, 1)}}`, 'g'), (lead) =>
      indent === 0 ? lead : '\n',
    );
  }

  private within(node: Heading): string {
    const [first, last] = [node.children[0], node.children.at(-1)];
    if (first === undefined || last === undefined) return '';
    const text = this.source.slice(
      first.position?.start.offset ?? 0,
      last.position?.end.offset ?? 0,
    );
    return text.trim();
  }
}

const lineOf = (node: Nodes): number | null => node.position?.start.line ?? null;

/** Longer than any fence within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** The words without their marks. */
function plain(node: Nodes | undefined): string {
  if (node === undefined) return '';
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? node.children.map((child) => plain(child)).join('') : '';
}
