/** What a script of the runbook's folder holds is part of what was approved. */
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { script } from '../../../src/main/runbooks/actions/local/script';
import { anyHandler } from '../../../src/main/runbooks/step-seams';
import { startRig } from './rig';
import type { Rig } from './rig';

const node = process.execPath;
const runbook = (command: unknown[], more = ''): string =>
  `nightdesk: runbook/1\nname: Test\n${more}steps:\n  - id: go\n    do: { kind: script, command: ${JSON.stringify(command)} }\n`;

let rig: Rig;
const begin = (command: unknown[], files: Record<string, string>, more = ''): void => {
  rig = startRig({ 'a.yaml': runbook(command, more), ...files });
  Object.assign(rig.handlers, { script: anyHandler(script(process.platform)) });
  for (const name of Object.keys(files)) chmodSync(join(rig.folder, name), 0o755);
};
afterEach(() => rig.remove());

const tool = '#!/bin/sh\necho first\n';

describe('a script of the folder', () => {
  it('is in the plan with its SHA-256, and changes the hash when it changes', async () => {
    begin(['./tool.sh'], { 'tool.sh': tool });
    const before = await rig.plan('a.yaml');
    expect(before.problems).toEqual([]);
    expect(before.steps[0]?.files).toEqual([
      { path: 'tool.sh', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect((await rig.plan('a.yaml')).hash).toBe(before.hash);
    rig.write('tool.sh', `${tool}#`);
    expect((await rig.plan('a.yaml')).hash).not.toBe(before.hash);
    await expect(rig.start('a.yaml', before)).rejects.toThrow(/changed since/);
  });

  it('changed while the run goes on does not run', async () => {
    begin(['./tool.sh'], { 'tool.sh': tool });
    rig.write(
      'a.yaml',
      `${runbook(['./tool.sh'])}  - id: again\n    do: { kind: script, command: ["./tool.sh"] }\n`,
    );
    let ran = 0;
    const real = rig.handlers.script.run;
    rig.handlers.script.run = async (...args) => {
      const output = await real(...args);
      ran += 1;
      rig.write('tool.sh', '#!/bin/sh\necho other\n');
      return output;
    };
    const state = await rig.run('a.yaml');
    expect(ran).toBe(1);
    expect(state.status).toBe('failed');
    expect(state.steps[1]?.failure?.message).toBe('tool.sh has changed since it was approved.');
  });

  it('given to a program of the computer counts as well; what it is given does not', async () => {
    begin([node, 'tool.mjs', 'out.txt'], { 'tool.mjs': 'console.log(1)', 'out.txt': '' });
    const before = await rig.plan('a.yaml');
    expect(before.steps[0]?.files?.map(({ path }) => path)).toEqual(['tool.mjs']);
    rig.write('out.txt', 'written');
    expect((await rig.plan('a.yaml')).hash).toBe(before.hash);
    rig.write('tool.mjs', 'console.log(2)');
    expect((await rig.plan('a.yaml')).hash).not.toBe(before.hash);
  });

  it('is the file a link leads to; outside of the folder it is none', async () => {
    begin(['./link.sh'], { 'real.sh': tool });
    mkdirSync(join(rig.folder, 'more'));
    symlinkSync('real.sh', join(rig.folder, 'link.sh'));
    expect((await rig.plan('a.yaml')).steps[0]?.files?.[0]?.path).toBe('real.sh');
    rig.write('a.yaml', runbook(['/bin/sh', '../../etc/hosts']));
    expect((await rig.plan('a.yaml')).steps[0]?.files).toEqual([]);
  });

  it('whose program is known only later is refused', async () => {
    const first = '  - id: look\n    do: { kind: describe, what: bucket, name: b }\n';
    begin(['{% $steps.look.output %}'], {});
    rig.write(
      'a.yaml',
      runbook(['{% $steps.look.output %}']).replace('steps:\n', `steps:\n${first}`),
    );
    expect((await rig.plan('a.yaml')).problems).toEqual([
      expect.stringMatching(/program that it runs must be known/),
    ]);
  });
});
