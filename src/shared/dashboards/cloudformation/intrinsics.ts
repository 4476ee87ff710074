/** What each intrinsic function gives, from arguments that may still hold functions themselves. */
import { hasPlaceholder, placeholder } from './inputs';
import type { Resolver } from './resolver';
import { resolveSub } from './sub';
import type { Value, ValueMap } from './value';
import { isMap, mapOr, numberOf, plainJson, scalarText } from './value';

/** @returns undefined for `AWS::NoValue` */
export function callFunction(
  resolver: Resolver,
  name: string,
  argument: Value,
  at: ValueMap,
): Value | undefined {
  switch (name) {
    case 'Ref':
      return resolver.ref(resolver.text(argument));
    case 'Condition':
      return resolver.condition(resolver.text(argument));
    case 'Fn::GetAtt':
      return getAtt(resolver, argument);
    case 'Fn::Sub':
      return resolveSub(resolver, argument);
    case 'Fn::Join':
      return join(resolver, argument);
    case 'Fn::If':
      return chosen(resolver, argument, at);
    case 'Fn::FindInMap':
      return findInMap(resolver, argument, at);
    case 'Fn::Select':
      return select(resolver, argument, at);
    case 'Fn::Split':
      return split(resolver, argument);
    case 'Fn::ImportValue':
      return importValue(resolver, argument);
    case 'Fn::Equals':
      return equals(resolver, argument);
    case 'Fn::And':
      return operands(resolver, argument).every(Boolean);
    case 'Fn::Or':
      return operands(resolver, argument).some(Boolean);
    case 'Fn::Not':
      return !operands(resolver, argument).some(Boolean);
    case 'Fn::Length':
      return lengthOf(resolver, argument);
    case 'Fn::ToJsonString':
      return plainJson(resolver.resolve(argument) ?? null);
    case 'Fn::Base64':
      return base64(resolver.text(argument));
    case 'Fn::GetAZs':
      return resolver.ask('Fn::GetAZs', 'AvailabilityZones', 'Availability zones of the region.');
    case 'Fn::Cidr':
      return placeholder('Cidr');
    case 'Fn::Transform':
      return transform(resolver, argument, at);
    default:
      resolver.warn(
        `${name} is not a function of CloudFormation.`,
        at,
        name,
        'Check its spelling; its place is left open.',
      );
      return placeholder(name);
  }
}

const listOf = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : []);

function getAtt(resolver: Resolver, argument: Value): string {
  const parts =
    typeof argument === 'string' ? [argument] : listOf(argument).map((part) => resolver.text(part));
  const [name = '', ...attribute] = parts.join('.').split('.');
  return resolver.attribute(name, attribute.join('.'));
}

function join(resolver: Resolver, argument: Value): string {
  const [separator, pieces] = listOf(argument);
  const list = pieces === undefined ? [] : resolver.resolve(pieces);
  const texts = Array.isArray(list)
    ? list.map((piece) => scalarText(piece) ?? plainJson(piece))
    : [resolver.text(list)];
  return resolver.bounded(texts.join(scalarText(separator) ?? ''));
}

function chosen(resolver: Resolver, argument: Value, at: ValueMap): Value | undefined {
  const [condition, yes, no] = listOf(argument);
  if (condition === undefined || yes === undefined || no === undefined) {
    resolver.warn('Fn::If needs a condition and two values.', at, 'Fn::If');
    return undefined;
  }
  return resolver.resolve(resolver.condition(resolver.text(condition)) ? yes : no);
}

function findInMap(resolver: Resolver, argument: Value, at: ValueMap): Value | undefined {
  const [map, first, second, options] = listOf(argument);
  const name = resolver.text(map);
  const keys = [resolver.text(first), resolver.text(second)];
  const found = keys.reduce<Value | undefined>(
    (level, key) => (isMap(level) ? level[key] : undefined),
    resolver.section('Mappings')[name],
  );
  if (found !== undefined) return resolver.resolve(found);
  const otherwise = mapOr(options)['DefaultValue'];
  if (otherwise !== undefined) return resolver.resolve(otherwise);
  // With a key still open the mapping is fine; the person only has to pick.
  if (![name, ...keys].some(hasPlaceholder)) {
    resolver.warn(`The mapping “${name}” has no entry ${keys.join(' → ')}.`, at, 'Fn::FindInMap');
  }
  return placeholder([name, ...keys].join('.'));
}

function select(resolver: Resolver, argument: Value, at: ValueMap): Value | undefined {
  const [which, from] = listOf(argument);
  const index = numberOf(resolver.text(which));
  const resolved = from === undefined ? undefined : resolver.resolve(from);
  const list = Array.isArray(resolved) ? resolved : [resolved ?? null];
  const found = index === null ? undefined : list[index];
  if (found !== undefined && found !== null) return found;
  // Pieces of a text that is still open cannot be counted yet.
  const open = list.find((item) => typeof item === 'string' && hasPlaceholder(item));
  if (open !== undefined) return open;
  resolver.warn('Fn::Select asks for an item that its list does not have.', at, 'Fn::Select');
  return '';
}

function split(resolver: Resolver, argument: Value): Value[] {
  const [separator, text] = listOf(argument);
  const mark = scalarText(separator) ?? '';
  const whole = resolver.text(text);
  return mark === '' ? [whole] : whole.split(mark);
}

function importValue(resolver: Resolver, argument: Value): string {
  const name = resolver.text(argument);
  // Which export it is depends on inputs that are open themselves: those are asked first.
  if (hasPlaceholder(name)) return placeholder(name);
  return resolver.ask(`ImportValue:${name}`, name, 'Exported by another stack under this name.');
}

function equals(resolver: Resolver, argument: Value): boolean {
  const [left, right] = listOf(argument);
  return resolver.text(left) === resolver.text(right);
}

const operands = (resolver: Resolver, argument: Value): boolean[] =>
  listOf(argument).map((operand) => {
    const value = resolver.resolve(operand);
    return value === true || value === 'true';
  });

function lengthOf(resolver: Resolver, argument: Value): Value {
  const value = resolver.resolve(argument);
  if (Array.isArray(value)) return value.length;
  return typeof value === 'string' && hasPlaceholder(value) ? value : 0;
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function transform(resolver: Resolver, argument: Value, at: ValueMap): Value {
  const name = scalarText(mapOr(argument)['Name']) ?? 'a macro';
  resolver.warn(
    `What ${name} puts in here is made by AWS when the stack is; it is not known from the file.`,
    at,
    'Fn::Transform',
    'Open the processed template of the stack to see it.',
  );
  return placeholder(name);
}
