/**
 * Works out a template's intrinsic functions as far as the file and the picked values go. What stays open
 * becomes a named input, and its text shows `‹Name›` in its place.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
import type { TextProblem } from '../read-result';
import { entriesOf } from './for-each';
import type { Written } from './for-each';
import { hasPlaceholder, placeholder, unresolved } from './inputs';
import type { Inputs } from './inputs';
import { callFunction } from './intrinsics';
import type { ParsedTemplate } from './parse-template';
import { pseudoParameter } from './pseudo-parameters';
import { attributeFromRef, choicesFor, resourceType } from './resource-names';
import { resolveMarks } from './text-marks';
import type { Value, ValueMap } from './value';
import { isMap, mapOr, newMap, plainJson, scalarText, soleEntry, TemplateRefusal } from './value';

/** Every value looked at counts, so that references multiplying each other end. */
const MAX_STEPS = 1_000_000;
const MAX_TEXT = 5_000_000;
const MAX_DEPTH = 200;

interface Kept<T> {
  result: T;
  open: string[];
}

export class Resolver {
  private steps = 0;
  private depth = 0;
  private textSize = 0;
  private written: ReadonlyMap<string, Written> | null = null;
  private readonly conditions = new Map<string, Kept<boolean>>();
  private readonly names = new Map<string, Kept<string | null>>();
  private readonly underway = new Set<string>();
  private readonly noted = new Set<string>();

  constructor(
    readonly template: ParsedTemplate,
    readonly inputs: Inputs,
    private readonly note: (problem: TextProblem) => void,
  ) {}

  /** @returns undefined where the template says `AWS::NoValue`: the property is not there. */
  resolve(value: Value): Value | undefined {
    this.count();
    if (typeof value === 'string') return this.bounded(resolveMarks(value, this.inputs));
    if (Array.isArray(value)) return this.deeper(() => this.list(value));
    if (!isMap(value)) return value;
    return this.deeper(() => this.map(value));
  }

  /** Text of a scalar; lists are joined with commas as CloudFormation passes them, maps become JSON. */
  text(value: Value | undefined): string {
    const resolved = value === undefined ? undefined : this.resolve(value);
    if (resolved === undefined) return '';
    return (
      scalarText(resolved) ?? (Array.isArray(resolved) ? joined(resolved) : plainJson(resolved))
    );
  }

  section(name: string): ValueMap {
    return mapOr(this.template.root[name]);
  }

  /** All resources, those that loops make included. */
  resources(): ReadonlyMap<string, Written> {
    if (this.written === null) {
      const section = this.section('Resources');
      // A loop may name resources itself: while it is written out there are none but the plain ones.
      this.written = new Map(
        Object.keys(section).map((key) => [
          key,
          { key, value: section[key] ?? null, container: section, at: key },
        ]),
      );
      this.written = new Map([...entriesOf(this, section)].map((entry) => [entry.key, entry]));
    }
    return this.written;
  }

  /** Whether a named condition holds; an open input counts as the text that stands for it. */
  condition(name: string): boolean {
    const kept = this.conditions.get(name);
    if (kept !== undefined) {
      this.inputs.needed(kept.open);
      return kept.result;
    }
    const conditions = this.section('Conditions');
    const definition = conditions[name];
    if (definition === undefined) {
      this.warn(
        `There is no condition “${name}” in the template.`,
        this.template.root,
        'Conditions',
      );
      return true;
    }
    if (this.underway.has(`condition ${name}`)) {
      this.warn(`The condition “${name}” depends on itself.`, conditions, name);
      return false;
    }
    const found = this.once(`condition ${name}`, () => truth(this.resolve(definition)));
    this.conditions.set(name, found);
    return found.result;
  }

  /** What `Ref` gives. */
  ref(name: string): Value | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const pseudo = pseudoParameter(name);
    if (pseudo !== null) return this.inputs.ask(name, () => pseudo) ?? placeholder(name);
    const parameters = this.section('Parameters');
    const parameter = parameters[name];
    if (parameter !== undefined) return this.parameter(parameters, name, parameter);
    return this.resourceRef(name);
  }

  /** What `Fn::GetAtt` gives. */
  attribute(name: string, attribute: string): string {
    const type = this.typeOf(name);
    const known = type === null ? null : resourceType(type);
    const physical = this.physicalName(name);
    if (known !== null && physical !== null) {
      if (known.nameAttributes.includes(attribute)) return physical;
      if (attribute === 'Arn' && known.arn !== null) return this.arn(known.arn, physical);
    }
    const picked = this.pickedRef(name);
    const derived = picked === null ? null : attributeFromRef(attribute, picked);
    if (derived !== null) return derived;
    const label = `${name}.${attribute}`;
    return this.ask(
      `GetAtt:${label}`,
      label,
      `${attribute} of the ${type ?? 'resource'} “${name}”, which exists only in a stack.`,
      choicesFor(type ?? ''),
    );
  }

  /** The value of an input that only a stack or a person knows, or its placeholder. */
  ask(id: string, label: string, description: string, from: ReturnType<typeof choicesFor> = null) {
    return this.inputs.ask(id, () => unresolved(label, description, from)) ?? placeholder(label);
  }

  warn(message: string, container: Value, key: string | number, advice = ''): void {
    if (this.noted.has(message)) return;
    this.noted.add(message);
    const place = this.template.placeOf(container, key);
    this.note({
      level: 'warning',
      message,
      advice,
      line: place?.line ?? null,
      column: place?.column ?? null,
      field: typeof key === 'string' ? key : null,
    });
  }

  private resourceRef(name: string): string {
    const type = this.typeOf(name);
    const known = type === null ? null : resourceType(type);
    const physical = known === null || known.ref === 'id' ? null : this.physicalName(name);
    if (known !== null && physical !== null) {
      if (known.ref === 'name') return physical;
      if (known.ref === 'arn' && known.arn !== null) return this.arn(known.arn, physical);
      if (known.ref === 'url') return this.queueUrl(physical);
    }
    const what = type === null ? 'It is not declared in this file.' : `A ${type} of the template.`;
    return this.ask(`Ref:${name}`, name, what, choicesFor(type ?? ''));
  }

  private pickedRef(name: string): string | null {
    // Asking without need would put a question on the page that the person never has to answer.
    return this.inputs.picked(`Ref:${name}`);
  }

  private arn(pattern: string, name: string): string {
    const colon = pattern.indexOf(':');
    const place = ['AWS::Partition', 'AWS::Region', 'AWS::AccountId'].map((id) => this.pseudo(id));
    const [partition, region, account] = place;
    const path = pattern.slice(colon + 1).replace('*', () => name);
    return `arn:${partition}:${pattern.slice(0, colon)}:${region}:${account}:${path}`;
  }

  private queueUrl(name: string): string {
    const host = `sqs.${this.pseudo('AWS::Region')}.${this.pseudo('AWS::URLSuffix')}`;
    return `https://${host}/${this.pseudo('AWS::AccountId')}/${name}`;
  }

  private pseudo(id: string): string {
    return scalarText(this.ref(id)) ?? '';
  }

  private parameter(parameters: ValueMap, name: string, definition: Value): Value {
    const map = mapOr(definition);
    // A hidden parameter is a secret: never asked for here, because answers are kept.
    if (scalarText(map['NoEcho'])?.toLowerCase() === 'true') return placeholder(name);
    const line = this.template.placeOf(parameters, name)?.line ?? null;
    return this.inputs.parameter(name, definition, line) ?? placeholder(name);
  }

  private typeOf(name: string): string | null {
    return scalarText(mapOr(this.resources().get(name)?.value)['Type']);
  }

  /** The name that a resource states itself; null where it leaves naming to CloudFormation. */
  private physicalName(name: string): string | null {
    const kept = this.names.get(name);
    if (kept !== undefined) {
      this.inputs.needed(kept.open);
      return kept.result;
    }
    const resource = mapOr(this.resources().get(name)?.value);
    const known = resourceType(scalarText(resource['Type']) ?? '');
    const stated = known && mapOr(resource['Properties'])[known.nameProperty];
    if (known === null || stated === undefined || stated === null) return null;
    if (this.underway.has(`resource ${name}`)) {
      const message = `“${name}” refers to itself through other resources.`;
      this.warn(message, this.section('Resources'), name);
      return null;
    }
    const found = this.once(`resource ${name}`, () => {
      const value = this.resolve(stated);
      const text = value === undefined ? null : scalarText(value);
      return known.lowerCase === true && text !== null ? lowerCase(text) : text;
    });
    this.names.set(name, found);
    return found.result;
  }

  private once<T>(what: string, work: () => T): Kept<T> {
    this.underway.add(what);
    try {
      return this.inputs.watch(work);
    } finally {
      this.underway.delete(what);
    }
  }

  private list(items: Value[]): Value[] {
    return items.flatMap((item) => {
      const resolved = this.resolve(item);
      return resolved === undefined ? [] : [resolved];
    });
  }

  private map(map: ValueMap): Value | undefined {
    const call = soleEntry(map);
    if (call !== null && isFunction(call[0])) return callFunction(this, call[0], call[1], map);
    const result = newMap();
    for (const [key, value] of Object.entries(map)) {
      const resolved = this.resolve(value);
      if (resolved !== undefined) result[key] = resolved;
    }
    return result;
  }

  private count(): void {
    this.steps += 1;
    if (this.steps > MAX_STEPS) throw endless();
  }

  /** Texts that double each other grow without bound in few steps. */
  bounded(text: string): string {
    this.textSize += text.length;
    if (this.textSize > 10 * MAX_TEXT) throw endless();
    return text;
  }

  private deeper<T>(work: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw endless();
    try {
      return work();
    } finally {
      this.depth -= 1;
    }
  }
}

/** The service lowers it; a placeholder keeps its name. */
const lowerCase = (text: string): string => (hasPlaceholder(text) ? text : text.toLowerCase());

const endless = (): TemplateRefusal =>
  new TemplateRefusal(
    'The template’s functions multiply each other beyond what is worked out here.',
    'Check that it is the right file.',
    null,
  );

const isFunction = (key: string): boolean =>
  key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');

const truth = (value: Value | undefined): boolean =>
  value === true || (typeof value === 'string' && value.toLowerCase() === 'true');

const joined = (list: Value[]): string =>
  list.map((item) => scalarText(item) ?? plainJson(item)).join(',');
