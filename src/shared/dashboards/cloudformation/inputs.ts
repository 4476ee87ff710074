/** The questions a template leaves to people, made as they turn up. */
import type { ChoiceSource, DashboardInput, InputValues, TextProblem } from '../read-result';
import { parameterChoices } from './resource-names';
import type { Value, ValueMap } from './value';
import { isMap, mapOr, scalarText } from './value';

/** Ids longer than this cannot be kept by the console. */
const MAX_ID = 500;

/** What stands in a text for a value nobody knows yet. */
export const placeholder = (name: string): string => `‹${name.replaceAll(/[‹›]/g, '')}›`;
export const hasPlaceholder = (text: string): boolean => text.includes('‹');

/** Inputs by id, with what is in force of each; remembers which open ones a piece of work needed. */
export class Inputs {
  private readonly known = new Map<string, DashboardInput>();
  private readonly watchers: Set<string>[] = [];
  private quiet = 0;

  constructor(
    private readonly values: InputValues,
    private readonly note: (problem: TextProblem) => void,
  ) {}

  /** All that were needed: parameters first, as the template orders them, then the rest as met. */
  list(parameterOrder: readonly string[]): DashboardInput[] {
    const rank = new Map(parameterOrder.map((name, index) => [name, index]));
    const rankOf = (input: DashboardInput): number => rank.get(input.id) ?? parameterOrder.length;
    return [...this.known.values()].sort((a, b) => rankOf(a) - rankOf(b));
  }

  /** Runs `work` and tells which inputs it needed that are still open. */
  watch<T>(work: () => T): { result: T; open: string[] } {
    const open = new Set<string>();
    this.watchers.push(open);
    try {
      return { result: work(), open: [...open] };
    } finally {
      this.watchers.pop();
      this.needed(open);
    }
  }

  /** Runs `work` without its questions being put to anybody. */
  quietly<T>(work: () => T): T {
    this.quiet += 1;
    try {
      return work();
    } finally {
      this.quiet -= 1;
    }
  }

  /** Counts open inputs that earlier work needed for what is being watched now. */
  needed(ids: Iterable<string>): void {
    const watcher = this.watchers.at(-1);
    for (const id of ids) watcher?.add(id);
  }

  /** @returns the value in force, or null (and remembered as open) */
  ask(id: string, make: () => Partial<DashboardInput>): string | null {
    const input = this.known.get(id) ?? this.add(id, make());
    if (input === null) return null;
    if (input.value === null) this.needed([id]);
    return input.value;
  }

  /** What a person picked for an id, without making it a question. */
  picked(id: string): string | null {
    return Object.hasOwn(this.values, id) ? (this.values[id] ?? null) : null;
  }

  parameter(name: string, definition: Value | undefined, line: number | null): Value | null {
    const map = mapOr(definition);
    const type = scalarText(map['Type']) ?? 'String';
    const value = this.ask(name, () => this.parameterInput(name, map, type, line));
    if (value === null) return null;
    return isListType(type) ? value.split(',').map((part) => part.trim()) : value;
  }

  private add(id: string, more: Partial<DashboardInput>): DashboardInput | null {
    if (id.length > MAX_ID) return null;
    const defaultValue = more.defaultValue ?? null;
    const input: DashboardInput = {
      id,
      label: id,
      description: null,
      kind: 'unresolved',
      control: 'text',
      choices: [],
      from: null,
      multiple: false,
      visible: true,
      ...more,
      defaultValue,
      value: this.picked(id) ?? defaultValue,
    };
    if (this.quiet === 0) this.known.set(id, input);
    return input;
  }

  private parameterInput(
    name: string,
    map: ValueMap,
    type: string,
    line: number | null,
  ): Partial<DashboardInput> {
    const fromStore = type.startsWith('AWS::SSM::Parameter');
    const preset = defaultText(map['Default']);
    const allowed = Array.isArray(map['AllowedValues']) ? map['AllowedValues'] : [];
    const choices = allowed.flatMap((value) => scalarText(value) ?? []);
    this.checkPicked(name, choices, line);
    const words = scalarText(map['Description']);
    return {
      kind: 'parameter',
      description: fromStore ? storeWords(words, preset) : words,
      control: choices.length === 0 ? 'text' : choices.length <= 3 ? 'radio' : 'choice',
      choices: choices.map((value) => ({ value, label: value })),
      from: parameterChoices(type),
      multiple: isListType(type),
      // The default of such a parameter is the name under which AWS keeps the value.
      defaultValue: fromStore ? null : preset,
    };
  }

  private checkPicked(name: string, choices: string[], line: number | null): void {
    const picked = this.picked(name);
    if (picked === null || choices.length === 0 || choices.includes(picked)) return;
    this.note({
      level: 'warning',
      message: `The template does not allow “${picked}” for ${name}.`,
      advice: `Pick one of: ${choices.slice(0, 10).join(', ')}.`,
      line,
      column: null,
      field: `Parameters.${name}`,
    });
  }
}

/** Makes the input of a reference that the template alone cannot resolve. */
export const unresolved = (
  label: string,
  description: string,
  from: ChoiceSource | null = null,
): Partial<DashboardInput> => ({ kind: 'unresolved', label, description, from });

const isListType = (type: string): boolean =>
  type === 'CommaDelimitedList' || type.startsWith('List<') || type.includes('Value<List<');

function defaultText(value: Value | undefined): string | null {
  if (Array.isArray(value)) return value.flatMap((item) => scalarText(item) ?? []).join(',');
  return value === undefined || isMap(value) ? null : scalarText(value);
}

const storeWords = (words: string | null, name: string | null): string =>
  [words, name === null ? null : `Kept in the parameter store as ${name}.`]
    .filter((part) => part !== null && part !== '')
    .join(' ');
