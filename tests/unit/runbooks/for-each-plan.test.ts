/** What a step runs for, one by one, is part of what is approved. */
import { afterEach, describe, expect, it } from 'vitest';
import { alarmNamed } from '../../support/alarms';
import { startRig } from './rig';
import type { Rig } from './rig';

let rig: Rig;
afterEach(() => rig.remove());

const each = (list: string, more = ''): string =>
  `nightdesk: runbook/1\nname: Each\n${more}steps:\n` +
  `  - id: look\n    do: { kind: describe, what: ecs-service, cluster: crm, name: core }\n` +
  `  - id: each\n    forEach: ${JSON.stringify(list)}\n    do: { kind: sns-publish, topic: t, message: '{% $item %}' }\n`;

describe('a list of a step', () => {
  it('is shown where it is known, and said to come later where earlier steps give it', async () => {
    rig = startRig({
      'known.yaml': each("$split($inputs.names, ',')", 'inputs: [{ name: names, type: text }]\n'),
      'later.yaml': each('$steps.look.output.names'),
      'empty.yaml': each('[]'),
    });
    const known = await rig.plan('known.yaml', { names: 'a,b' });
    expect(known.steps.map(({ elements }) => elements)).toEqual([undefined, ['a', 'b']]);
    expect((await rig.plan('later.yaml')).steps[1]?.elements).toBeNull();
    expect((await rig.plan('empty.yaml')).steps[1]?.elements).toEqual([]);
  });

  it('that differs when the run starts is another plan, and is refused', async () => {
    rig = startRig({ 'a.yaml': each("$split($alarm.description, ',')") });
    const alarm = alarmNamed('one', { description: 'orders,billing' });
    rig.alarms.set(alarm.key, alarm);
    const request = { ...rig.request('a.yaml'), alarmKey: alarm.key };
    const plan = await rig.service.plan(request, new AbortController().signal);
    expect(plan.steps[1]?.elements).toEqual(['orders', 'billing']);
    rig.alarms.set(alarm.key, { ...alarm, description: 'orders,billing,everything' });
    const command = { commandId: 'c1', hash: plan.hash, typed: null, secondPerson: null };
    await expect(rig.service.start({ ...request, ...command })).rejects.toThrow(/changed since/);
    expect(rig.calls).toEqual([]);
  });

  it('that cannot be worked out is a mistake before anything runs', async () => {
    rig = startRig({ 'a.yaml': each('[1..600]') });
    const { problems } = await rig.plan('a.yaml');
    expect(problems).toEqual([expect.stringMatching(/600 elements; at most 500/)]);
  });

  it('holds no secret', async () => {
    rig = startRig({ 'a.yaml': each('[$inputs.key]', 'inputs: [{ name: key, type: secret }]\n') });
    const plan = await rig.plan('a.yaml', { key: 'canary-s3cret' });
    expect(JSON.stringify(plan)).not.toContain('canary-s3cret');
  });
});
