/**
 * A program of this computer: its arguments as they are, without a shell; its whole environment is what the step
 * declares. Told to stop, it and all that came of it are ended within 5 s.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { basename } from 'node:path';
import { FailureError } from '../../../../shared/failure';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { StepOutput } from '../../../../shared/runbooks/run';
import { invalid } from '../../action-values';
import type { LocalChangeHandler, StepContext } from '../../step-seams';
import { marked, startProblem } from './process-mark';
import { ProcessTree } from './process-tree';
import { ScriptOutput } from './script-output';
import { scriptFiles } from './script-files';
import { checkText, scriptFolder, scriptProgram } from './script-program';
import { cancelled } from './until-abort';

/** ms between two looks at the output of a script that goes on. */
const SHOW_MS = 250;
/** What somebody else holds open after the program's end is not waited for longer, ms. */
const CLOSE_MS = 500;

type Script = ActionOf<'script'>;

/** Output: `{ exitCode, stdout, stderr }`. Another exit status than 0 fails the step, with the end of what it said. */
export function script(platform: NodeJS.Platform): LocalChangeHandler<'script'> {
  return {
    kind: 'script',
    mode: 'local',
    timeoutMs: 600_000,
    resource: ({ command: [program = ''] }) => basename(program),
    effect: async ({ command }) => {
      checkTexts({ kind: 'script', command });
      return `Runs ${command.map(shown).join(' ')} on this computer`;
    },
    files: scriptFiles,
    run: async (action, context) => {
      checkTexts(action);
      const { command, folder = '.', environment = {} } = action;
      const [first = '', ...rest] = command;
      const cwd = await scriptFolder(context.folder, folder);
      const program = await scriptProgram(context.folder, first, platform);
      const start = await marked(platform, program, rest);
      if (context.signal.aborted) throw cancelled('Cancelled before it began.');
      const child = spawn(start.command, start.args, {
        cwd,
        env: { ...environment },
        shell: false,
        // A process group of its own.
        detached: platform !== 'win32',
        windowsHide: true,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      return follow(child, { action, context, mark: start.mark, platform });
    },
  };
}

interface Following {
  action: Script;
  context: StepContext;
  mark: string | null;
  platform: NodeJS.Platform;
}

type End = { code: number | null; signal: NodeJS.Signals | null } | { error: Error };

async function follow(child: ChildProcessWithoutNullStreams, following: Following) {
  const { action, context, mark, platform } = following;
  const output = new ScriptOutput();
  const live = liveView(output, context);
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk: Buffer) => {
      output.add(stream, chunk);
      live.changed();
    });
    // A pipe that breaks ends what can be read; the exit status tells how it went.
    child[stream].on('error', () => undefined);
  }
  // A program need not read what it is given.
  child.stdin.on('error', () => undefined);
  child.stdin.end(action.stdin ?? '');
  const ended = endOf(child);
  const { pid } = child;
  const tree = pid === undefined ? null : new ProcessTree(platform, pid, mark);
  if (pid !== undefined) context.tell(`Runs as process ${pid}`);
  const stop = untilStopped(context.signal);
  try {
    const first = await Promise.race([ended, stop.asked]);
    if (first === 'stop') throw await stopped(tree);
    await Promise.race([closeOf(child), later(CLOSE_MS)]);
    return verdict(first, action, output);
  } finally {
    stop.forget();
    live.stop();
    tree?.release();
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  }
}

async function stopped(tree: ProcessTree | null): Promise<FailureError> {
  const left = (await tree?.end()) ?? [];
  if (left.length === 0) return cancelled('The script and all it had started were ended.');
  return new FailureError({
    ...invalid(`The script was told to stop, but these processes go on: ${left.join(', ')}.`),
    kind: 'timed-out',
    advice: 'End them by hand.',
  });
}

function verdict(end: End, action: Script, output: ScriptOutput): StepOutput {
  const [program = ''] = action.command;
  if ('error' in end) throw new FailureError(invalid(startWords(program, codeOf(end.error))));
  const { code, signal } = end;
  if (code === 0) return output.result(0);
  const problem = code === 126 || code === 127 ? startProblem(output.stderr) : null;
  if (problem !== null) throw new FailureError(invalid(startWords(program, problem)));
  const how = signal === null ? `ended with status ${code}` : `was ended by ${signal}`;
  const tail = output.tail();
  throw new FailureError({
    ...invalid(`${program} ${how}${tail === '' ? '.' : `: ${tail}`}`),
    kind: 'unknown',
    advice: 'See what it said; it may have done a part of its work.',
  });
}

const startWords = (program: string, why: string): string =>
  `${program} could not be started (${why}).`;

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name;

function checkTexts({ command, environment = {}, stdin = '' }: Script): void {
  for (const [index, text] of command.entries()) checkText(text, `command[${index}]`);
  for (const [name, text] of Object.entries(environment)) checkText(text, `environment.${name}`);
  if (!stdin.isWellFormed()) checkText(stdin, 'stdin');
}

/** For reading only; it is never given to a shell. */
const shown = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : JSON.stringify(text);

const endOf = (child: ChildProcessWithoutNullStreams): Promise<End> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

const closeOf = (child: ChildProcessWithoutNullStreams): Promise<void> =>
  new Promise((resolve) => child.once('close', () => resolve()));

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function untilStopped(signal: AbortSignal): { asked: Promise<'stop'>; forget(): void } {
  let stop = (): void => undefined;
  const asked = new Promise<'stop'>((resolve) => {
    stop = () => resolve('stop');
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return { asked, forget: () => signal.removeEventListener('abort', stop) };
}

/** Shows what there is a few times a second at most. */
function liveView(output: ScriptOutput, context: StepContext): { changed(): void; stop(): void } {
  let cancel: (() => void) | null = null;
  return {
    changed: () => {
      cancel ??= context.clock.after(SHOW_MS, () => {
        cancel = null;
        context.show(output.live());
      });
    },
    stop: () => cancel?.(),
  };
}
