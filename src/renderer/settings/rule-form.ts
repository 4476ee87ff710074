/** The severity rule editor's draft and the order of rules. Pure. */
import { severityRuleSchema } from '../../shared/severity/severity-schema';
import type { Severity, SeverityRule } from '../../shared/severity/severity';

export interface RuleDraft {
  id: string;
  severity: Severity;
  name: string;
  topic: string;
  tagKey: string;
  tagValue: string;
  namespace: string;
  kind: '' | 'metric' | 'composite';
}

export type RuleErrors = Partial<Record<'name' | 'topic' | 'tagKey' | 'namespace', string>>;

export function ruleDraft(rule: SeverityRule): RuleDraft {
  return {
    id: rule.id,
    severity: rule.severity,
    name: rule.name ?? '',
    topic: rule.topic ?? '',
    tagKey: rule.tag?.key ?? '',
    tagValue: rule.tag?.value ?? '',
    namespace: rule.namespace ?? '',
    kind: rule.kind ?? '',
  };
}

/** Blank conditions are left out; a rule without any would match every alarm and is refused. */
export function validateRule(
  draft: RuleDraft,
): { ok: true; rule: SeverityRule } | { ok: false; errors: RuleErrors } {
  const { id, severity } = draft;
  const filled = {
    ...(draft.name.trim() && { name: draft.name.trim() }),
    ...(draft.topic.trim() && { topic: draft.topic.trim() }),
    ...(draft.namespace.trim() && { namespace: draft.namespace.trim() }),
    ...(draft.tagKey.trim() && {
      tag: { key: draft.tagKey.trim(), value: draft.tagValue.trim() || '*' },
    }),
    ...(draft.kind !== '' && { kind: draft.kind }),
  };
  const errors: RuleErrors = {};
  if (draft.tagValue.trim() !== '' && draft.tagKey.trim() === '') {
    errors.tagKey = 'Name the tag that has this value.';
  } else if (Object.keys(filled).length === 0) {
    errors.name = 'State at least one condition; * matches every name.';
  }
  const parsed = severityRuleSchema.safeParse({ id, severity, ...filled });
  for (const issue of parsed.error?.issues ?? []) {
    const at = issue.path[0];
    if (at === 'name' || at === 'topic' || at === 'namespace') errors[at] ??= 'Too long.';
    else errors.tagKey ??= 'A tag has a key of at most 128 characters.';
  }
  return parsed.success && Object.keys(errors).length === 0
    ? { ok: true, rule: parsed.data }
    : { ok: false, errors };
}

/** What a rule looks for, for people. */
export function ruleText(rule: SeverityRule): string {
  const parts = [
    rule.tag && `tag ${rule.tag.key} is ${rule.tag.value}`,
    rule.topic !== undefined && `topic is ${rule.topic}`,
    rule.name !== undefined && `name is ${rule.name}`,
    rule.namespace !== undefined && `namespace is ${rule.namespace}`,
    rule.kind && `it is a ${rule.kind} alarm`,
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? 'every alarm' : parts.join(' and ');
}

/** The list with one rule moved up (-1) or down (+1); unchanged at the ends. */
export function moveRule(
  rules: readonly SeverityRule[],
  index: number,
  by: -1 | 1,
): SeverityRule[] {
  const moved = [...rules];
  const rule = moved[index];
  const other = moved[index + by];
  if (rule === undefined || other === undefined) return moved;
  moved[index] = other;
  moved[index + by] = rule;
  return moved;
}
