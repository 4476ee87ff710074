import type { DeclaredAlarm } from '../read-result';
import { declareAlarm } from './declare-alarm';
import type { Written } from './for-each';
import type { Resolver } from './resolver';
import { mapOr, scalarText } from './value';
import type { Value, ValueMap } from './value';

const KINDS = new Map<string, DeclaredAlarm['kind']>([
  ['AWS::CloudWatch::Alarm', 'metric'],
  ['AWS::CloudWatch::CompositeAlarm', 'composite'],
]);

/** A resource's properties resolved, whether its condition creates it, and what is still open of it. */
export interface ResolvedResource {
  properties: ValueMap;
  created: boolean;
  openInputs: string[];
}

/**
 * What nobody creates asks nobody anything. Such resources must come after the created ones, because
 * what was worked out quietly is remembered without its questions.
 */
export function resolveResource(resolver: Resolver, resource: ValueMap): ResolvedResource {
  const { result: created, open } = resolver.inputs.watch(() => isCreated(resolver, resource));
  const resolve = (): ValueMap => mapOr(resolver.resolve(mapOr(resource['Properties'])));
  if (!created) {
    return { created, properties: resolver.inputs.quietly(resolve), openInputs: open };
  }
  const { result: properties, open: more } = resolver.inputs.watch(resolve);
  return { created, properties, openInputs: [...new Set([...open, ...more])] };
}

/** The alarms among the resources, in their order. */
export function templateAlarms(resolver: Resolver): DeclaredAlarm[] {
  const written = [...resolver.resources().values()].filter((entry) => kindOf(entry) !== null);
  const first = written.filter((entry) => isCreated(resolver, mapOr(entry.value)));
  const created = new Set(first);
  const rest = written.filter((entry) => !created.has(entry));
  const alarms = new Map(
    [...first, ...rest].map((entry) => [entry, templateAlarm(resolver, entry)]),
  );
  return written.flatMap((entry) => alarms.get(entry) ?? []);
}

/** Whether the resource's condition, if it has one, creates it. */
export function isCreated(resolver: Resolver, resource: ValueMap): boolean {
  const condition = scalarText(resource['Condition']);
  return condition === null || condition === '' || resolver.condition(condition);
}

const kindOf = (written: Written): DeclaredAlarm['kind'] | null =>
  KINDS.get(scalarText(mapOr(written.value)['Type']) ?? '') ?? null;

function templateAlarm(resolver: Resolver, written: Written): DeclaredAlarm | null {
  const kind = kindOf(written);
  if (kind === null) return null;
  const { properties, created, openInputs } = resolveResource(resolver, mapOr(written.value));
  saySilent(resolver, written, properties);
  return declareAlarm(properties, {
    logicalId: written.key,
    kind,
    line: resolver.template.keyLine(written.container, written.at),
    openInputs,
    created,
  });
}

/** What changes when an alarm fires but has no place in the console's picture of it. */
function saySilent(resolver: Resolver, written: Written, properties: ValueMap): void {
  const silent: [string, Value | undefined][] = [
    ['EvaluateLowSampleCountPercentile', properties['EvaluateLowSampleCountPercentile']],
    ['ActionsSuppressor', properties['ActionsSuppressor']],
  ];
  for (const [name, value] of silent) {
    if (value === undefined) continue;
    resolver.warn(
      `${written.key} sets ${name}, which is not compared with the account.`,
      written.container,
      written.at,
    );
  }
}
