import { assertNever } from '../assert-never';
import type { Alarm, AlarmState, CompositeNode } from './alarm';
import { parseCompositeRule } from './composite-rule';
import type { RuleNode } from './composite-rule';

/** Finds an alarm of the composite's own account and region by name or ARN; undefined when not seen. */
export type FindAlarm = (nameOrArn: string) => Alarm | undefined;

/** Composites may hold composites; AWS forbids cycles, but answers can be read mid-change. */
const MAX_TREE_DEPTH = 10;

/**
 * The rule as a tree of the alarms it names, each with its present state and whether it takes part in
 * the composite firing now. Null for metric alarms and for rules that cannot be read.
 */
export function compositeTree(alarm: Alarm, find: FindAlarm): CompositeNode | null {
  if (alarm.composite === null) return null;
  return nodeFor(alarm, find, alarm.state === 'ALARM', [alarm.arn]);
}

function nodeFor(
  alarm: Alarm,
  find: FindAlarm,
  firing: boolean,
  path: string[],
): CompositeNode | null {
  const rule = parseCompositeRule(alarm.composite?.expression ?? '');
  if (rule === null) return null;
  const children = new Map<string, CompositeNode>();
  for (const leaf of leavesOf(rule, firing, (name) => find(name)?.state ?? null)) {
    const child = find(leaf.alarm);
    const seen = children.get(child?.key ?? leaf.alarm);
    if (seen !== undefined) {
      seen.firing ||= leaf.firing;
      continue;
    }
    children.set(child?.key ?? leaf.alarm, childNode(leaf, child, find, path));
  }
  return {
    name: alarm.name,
    key: alarm.key,
    state: alarm.state,
    firing,
    children: [...children.values()],
  };
}

function childNode(
  leaf: Leaf,
  child: Alarm | undefined,
  find: FindAlarm,
  path: string[],
): CompositeNode {
  if (child === undefined) {
    return { name: shortName(leaf.alarm), key: null, state: null, firing: false, children: [] };
  }
  const mayDescend =
    child.composite !== null && path.length < MAX_TREE_DEPTH && !path.includes(child.arn);
  const deeper = mayDescend ? nodeFor(child, find, leaf.firing, [...path, child.arn]) : null;
  return (
    deeper ?? {
      name: child.name,
      key: child.key,
      state: child.state,
      firing: leaf.firing,
      children: [],
    }
  );
}

const shortName = (nameOrArn: string): string => {
  const marker = nameOrArn.indexOf(':alarm:');
  return marker < 0 ? nameOrArn : nameOrArn.slice(marker + ':alarm:'.length);
};

interface Leaf {
  alarm: string;
  firing: boolean;
}

/** Whether the rule holds; unknown children make a test false, as CloudWatch does for deleted ones. */
export function ruleHolds(rule: RuleNode, stateOf: (alarm: string) => AlarmState | null): boolean {
  switch (rule.type) {
    case 'constant':
      return rule.value;
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !ruleHolds(rule.child, stateOf);
    case 'and':
      return rule.children.every((child) => ruleHolds(child, stateOf));
    case 'or':
      return rule.children.some((child) => ruleHolds(child, stateOf));
    default:
      return assertNever(rule);
  }
}

/** Every state test of the rule, with whether it helps the rule to hold: branches that do not hold add nothing. */
function leavesOf(
  rule: RuleNode,
  contributes: boolean,
  stateOf: (alarm: string) => AlarmState | null,
): Leaf[] {
  switch (rule.type) {
    case 'constant':
      return [];
    case 'state':
      return [{ alarm: rule.alarm, firing: contributes && stateOf(rule.alarm) === rule.state }];
    case 'not':
      // What stands under NOT helps by not being so; it is shown, but it does not fire.
      return leavesOf(rule.child, false, stateOf);
    case 'and':
    case 'or':
      return rule.children.flatMap((child) =>
        leavesOf(child, contributes && ruleHolds(child, stateOf), stateOf),
      );
    default:
      return assertNever(rule);
  }
}
