/**
 * Groups similar lines as Drain does (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree",
 * ICWS 2017): by number of words, then by the first words, then by the share of equal words.
 */
export interface LogCluster {
  words: string[];
  count: number;
}

export const WILD = '<*>';
/** Words that lead down the tree. */
const DEPTH = 3;
/** Share of equal words from which two lines are of one pattern. */
const SIMILAR = 0.5;
/** Branches of a node; further words share one. */
const MAX_CHILDREN = 100;
const MAX_WORDS = 64;
/** Characters of a line that are looked at. */
const MAX_TEXT = 2_000;

interface Node<C extends LogCluster> {
  children: Map<string, Node<C>>;
  clusters: C[];
}

/** What surely differs from line to line. */
const parameters: readonly [RegExp, string][] = [
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, '<ip>'],
  [/\b[\w.+-]+@[\w-]+\.[\w.-]+\b/g, '<email>'],
  [/\b0x[0-9a-f]+\b/gi, '<hex>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<hex>'],
  [/(?<![\w<])[+-]?\d+(?:\.\d+)?(?![\w>])/g, '<num>'],
  [/(?<![\w<])\d+(?:\.\d+)?(?=(?:ms|s|m|h|kb|mb|gb|b|%)\b)/gi, '<num>'],
];

/** The line's words with its parameters masked; `cut`: of long lines only the beginning. */
export function maskedWords(text: string): { words: string[]; cut: boolean } {
  const long = text.length > MAX_TEXT;
  let masked = long ? text.slice(0, MAX_TEXT) : text;
  for (const [pattern, name] of parameters) masked = masked.replace(pattern, name);
  const words = masked.trim().split(/\s+/, MAX_WORDS + 1);
  const more = words.length > MAX_WORDS;
  // The last word of a text that was cut may be half a word: it says nothing.
  if (more || (long && words.length > 1)) words.pop();
  return { words, cut: long || more };
}

export class Drain<C extends LogCluster> {
  readonly clusters: C[] = [];
  private readonly roots = new Map<number, Node<C>>();

  constructor(
    private readonly create: (words: string[]) => C,
    private readonly limit: number,
  ) {}

  /** The cluster of a line, made when there is none; null when there are as many as may be. */
  add(words: string[]): C | null {
    const leaf = this.leaf(words);
    const known = best(leaf.clusters, words);
    if (known) {
      known.count += 1;
      words.forEach((word, i) => {
        if (known.words[i] !== word) known.words[i] = WILD;
      });
      return known;
    }
    if (this.clusters.length >= this.limit) return null;
    const cluster = this.create([...words]);
    leaf.clusters.push(cluster);
    this.clusters.push(cluster);
    return cluster;
  }

  private leaf(words: string[]): Node<C> {
    let node = child(this.roots, words.length);
    for (const word of words.slice(0, DEPTH)) {
      // A word with digits is a parameter more likely than not.
      const step = /\d/.test(word) ? WILD : word;
      const full = node.children.size >= MAX_CHILDREN && !node.children.has(step);
      node = child(node.children, full ? WILD : step);
    }
    return node;
  }
}

function child<K, C extends LogCluster>(children: Map<K, Node<C>>, step: K): Node<C> {
  const known = children.get(step);
  if (known) return known;
  const made: Node<C> = { children: new Map(), clusters: [] };
  children.set(step, made);
  return made;
}

function best<C extends LogCluster>(clusters: readonly C[], words: readonly string[]): C | null {
  let found: C | null = null;
  let most = SIMILAR;
  for (const cluster of clusters) {
    let same = 0;
    for (let i = 0; i < words.length; i += 1) if (cluster.words[i] === words[i]) same += 1;
    const share = words.length === 0 ? 1 : same / words.length;
    if (share >= most && (found === null || share > most)) {
      found = cluster;
      most = share;
    }
  }
  return found;
}
