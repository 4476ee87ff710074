/** Fn::Sub: `${Name}`, `${Resource.Attribute}`, own variables, and `${!Literal}`. */
import type { Resolver } from './resolver';
import { resolveMarks, replaceMarks } from './text-marks';
import type { Value, ValueMap } from './value';
import { mapOr, newMap, scalarText } from './value';

export function resolveSub(resolver: Resolver, argument: Value): string {
  const [template, variables] = Array.isArray(argument) ? argument : [argument];
  const text = scalarText(template) ?? '';
  const own = mapOr(variables);
  const replaced = replaceMarks(text, '${', '}', (inner) => {
    if (inner.startsWith('!')) return `\${${inner.slice(1)}}`;
    return substitute(resolver, own, inner.trim());
  });
  return resolver.bounded(
    replaced.includes('{{resolve:') ? resolveMarks(replaced, resolver.inputs) : replaced,
  );
}

function substitute(resolver: Resolver, own: ValueMap, name: string): string | null {
  const variable = own[name];
  if (variable !== undefined) return resolver.text(variable);
  if (name === '') return null;
  const dot = name.indexOf('.');
  if (dot === -1 || isFrameworkName(name)) {
    const call = newMap([['Ref', name]]);
    return resolver.text(call);
  }
  return resolver.attribute(name.slice(0, dot), name.slice(dot + 1));
}

/** `self:custom.stage`: the Serverless framework's, in a template that is still its source. */
const isFrameworkName = (name: string): boolean => /^[a-z]+:(?!:)/.test(name);
