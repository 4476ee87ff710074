/**
 * Text of a template to values, with the place of everything. YAML reads JSON too, and the short forms
 * (`!Ref x`) become the long ones (`Ref: x`), so that the rest knows one grammar.
 */
import {
  Alias,
  isMap as isYamlMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
} from 'yaml';
import type { Document, ParsedNode, Tags, YAMLMap } from 'yaml';
import type { Place, Value, ValueMap } from './value';
import { isMap, newMap, scalarText, TemplateRefusal } from './value';

/** Characters; templates of CloudFormation itself end at 1 MB. */
const MAX_TEXT = 5_000_000;
const MAX_DEPTH = 100;
/** Values after anchors have been expanded: a small file can ask for billions. */
const MAX_VALUES = 1_000_000;

export interface ParsedTemplate {
  root: ValueMap;
  /** Where an entry of a map or list is written; null where it was made up. */
  placeOf(container: Value, key: string | number): Place | null;
  /** Line that a map's key is written on. */
  keyLine(container: Value, key: string): number | null;
  /** Line of the file that the first line of a literal block (`|`) stands on; null for other texts. */
  blockLine(container: Value, key: string | number): number | null;
}

/** @throws TemplateRefusal for text that is no template, or is too large or too deep to be one. */
export function parseTemplate(text: string): ParsedTemplate {
  if (text.length > MAX_TEXT) {
    throw new TemplateRefusal(
      `The file has ${text.length.toLocaleString('en')} characters; at most 5,000,000 are read.`,
      'Split it, or open the dashboard alone.',
      null,
    );
  }
  const lines = new LineCounter();
  refuseBracketRuns(text);
  const document = parseDocument(text, {
    schema: 'failsafe',
    customTags: shortForms,
    // Looking for repeated keys in the library takes time with the square of their number.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  });
  const [error] = document.errors;
  if (error !== undefined) throw syntaxRefusal(error.message, placeAt(lines, error.pos[0]));
  return new Converter(document, lines).run();
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function syntaxRefusal(message: string, place: Place): TemplateRefusal {
  if (/call stack/i.test(message)) return tooDeep(place);
  const sentence = message.endsWith('.') ? message : `${message}.`;
  return new TemplateRefusal(sentence, 'Correct the YAML or JSON there and save.', place);
}

const tooDeep = (place: Place | null): TemplateRefusal =>
  new TemplateRefusal(
    'The file nests deeper than any template does, or contains itself.',
    'Check that it is the right file.',
    place,
  );

/** Thousands of brackets in a row cost the parser seconds before it gives up on its stack. */
function refuseBracketRuns(text: string): void {
  let run = 0;
  let line = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) line += 1;
    if (code === 0x5b || code === 0x7b) run += 1;
    else if (code > 32) run = 0;
    if (run > MAX_DEPTH) throw tooDeep({ line, column: 1 });
  }
}

/**
 * CloudFormation's short forms. They are read from the nodes' tags; naming them here only spares the
 * library a warning, with its stack, for each of the thousands in a large template.
 */
const shortForms: Tags = [
  'And Base64 Cidr Condition Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or Ref',
  'Select Split Sub ToJsonString Transform',
]
  .flatMap((names) => names.split(' '))
  .flatMap((name) => [
    { tag: `!${name}`, resolve: (text: string) => text },
    { tag: `!${name}`, collection: 'seq' as const },
    { tag: `!${name}`, collection: 'map' as const },
  ]);

type YamlNode = ParsedNode | Alias | null | undefined;

class Converter {
  private readonly anchors = new Map<string, YamlNode>();
  private readonly places = new WeakMap<object, Map<string | number, YamlNode>>();
  private readonly keys = new WeakMap<object, Map<string, YamlNode>>();
  private values = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
  ) {}

  run(): ParsedTemplate {
    const root = this.convert(this.document.contents, 0);
    if (!isMap(root)) {
      throw new TemplateRefusal(
        'The file is no template: its top is not a map of sections.',
        'A template has at least a Resources section.',
        { line: 1, column: 1 },
      );
    }
    const nodeOf = (container: Value, key: string | number): YamlNode =>
      typeof container === 'object' && container !== null
        ? this.places.get(container)?.get(key)
        : undefined;
    return {
      root,
      placeOf: (container, key) => this.placeOf(nodeOf(container, key)),
      keyLine: (container, key) => {
        const keys = isMap(container) ? this.keys.get(container) : undefined;
        return this.placeOf(keys?.get(key))?.line ?? null;
      },
      blockLine: (container, key) => {
        const node = nodeOf(container, key);
        const place = this.placeOf(node);
        const literal = isScalar(node) && node.type === Scalar.BLOCK_LITERAL;
        return literal && place !== null ? place.line + 1 : null;
      },
    };
  }

  private placeOf(node: YamlNode): Place | null {
    const offset = node?.range?.[0];
    return offset === undefined ? null : placeAt(this.lines, offset);
  }

  private convert(node: YamlNode, depth: number): Value {
    if (depth > MAX_DEPTH) throw tooDeep(this.placeOf(node));
    this.values += 1;
    if (this.values > MAX_VALUES) {
      throw new TemplateRefusal(
        'The file’s anchors repeat so much that it would fill the memory.',
        'Write out what the aliases stand for.',
        this.placeOf(node),
      );
    }
    if (node === null || node === undefined) return null;
    if (node instanceof Alias) return this.aliased(node, depth);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return this.tagged(node, depth);
  }

  private aliased(alias: Alias, depth: number): Value {
    const target = this.anchors.get(alias.source);
    if (target !== undefined && target !== null) return this.convert(target, depth + 1);
    throw new TemplateRefusal(
      `There is no anchor “${alias.source}” above this alias.`,
      'Correct the name after the asterisk.',
      this.placeOf(alias),
    );
  }

  private tagged(node: ParsedNode, depth: number): Value {
    const name = shortFormName(node.tag);
    if (name === null) return this.plain(node, depth);
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    const map = newMap();
    const value = this.plain(node, depth + 1, true);
    map[key] = name === 'GetAtt' && typeof value === 'string' ? splitAttribute(value) : value;
    this.places.set(map, new Map([[key, node]]));
    return map;
  }

  private plain(node: ParsedNode, depth: number, asText = false): Value {
    if (isScalar(node)) return scalarValue(node, asText);
    if (isSeq(node)) {
      const list: Value[] = [];
      const places = new Map<string | number, YamlNode>();
      for (const item of node.items) {
        places.set(list.length, item);
        list.push(this.convert(item, depth + 1));
      }
      this.places.set(list, places);
      return list;
    }
    return isYamlMap(node) ? this.map(node, depth) : null;
  }

  private map(node: YAMLMap.Parsed, depth: number): ValueMap {
    const map = newMap();
    const places = new Map<string | number, YamlNode>();
    const keys = new Map<string, YamlNode>();
    for (const { key, value } of node.items) {
      const name = this.keyText(key, depth);
      if (name === '<<' && value !== null) {
        this.merge(map, this.convert(value, depth + 1));
        continue;
      }
      places.set(name, value ?? key);
      keys.set(name, key);
      map[name] = this.convert(value, depth + 1);
    }
    this.places.set(map, places);
    this.keys.set(map, keys);
    return map;
  }

  private keyText(key: ParsedNode | null, depth: number): string {
    const name = key === null ? '' : scalarText(this.convert(key, depth + 1));
    if (name === null || name === '__proto__') {
      throw new TemplateRefusal(
        name === null ? 'A key here is a list or a map.' : '“__proto__” is not allowed as a key.',
        'Use a plain name.',
        this.placeOf(key),
      );
    }
    return name;
  }

  /** YAML's merge key: what the map states itself wins. */
  private merge(map: ValueMap, merged: Value): void {
    for (const source of Array.isArray(merged) ? merged : [merged]) {
      if (!isMap(source)) continue;
      for (const [key, value] of Object.entries(source)) {
        if (!Object.hasOwn(map, key)) map[key] = value;
      }
    }
  }
}

/** `!GetAtt` → `GetAtt`; null for YAML's own tags and for none. */
function shortFormName(tag: string | undefined): string | null {
  if (tag === undefined || !tag.startsWith('!') || tag === '!') return null;
  return tag.slice(1);
}

/** `Queue.Arn` → the list that the long form takes. */
function splitAttribute(text: string): Value {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,17})?(?:[eE][+-]?\d{1,3})?$/;

/** What a plain scalar is. Account ids with leading zeros stay text, as they must. */
function scalarValue(node: Scalar, asText: boolean): Value {
  const text = typeof node.value === 'string' ? node.value : '';
  const quoted = node.type !== Scalar.PLAIN || node.tag === 'tag:yaml.org,2002:str';
  if (quoted || asText) return text;
  if (text === '' || text === '~' || text === 'null' || text === 'Null') return null;
  if (text === 'true' || text === 'True' || text === 'TRUE') return true;
  if (text === 'false' || text === 'False' || text === 'FALSE') return false;
  return JSON_NUMBER.test(text) ? Number(text) : text;
}
