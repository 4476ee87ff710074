/** Main's side of the demo's process: starts it, hears it, starts it again at its address when it dies. */
import { utilityProcess } from 'electron';
import type { UtilityProcess } from 'electron';
import { fromDemoChildSchema } from '../../shared/demo-messages';
import type { FromDemoChild, ToDemoChild } from '../../shared/demo-messages';
import type { DemoScenario } from '../../shared/ipc';
import type { RunningDemo } from './demo-host';

type Ready = Extract<FromDemoChild, { type: 'ready' }>;

/** Deaths after which it is left alone: something is wrong that starting again does not cure. */
const MAX_DEATHS = 5;

class DemoProcess implements RunningDemo {
  private readonly listeners = new Set<(scenarios: DemoScenario[]) => void>();
  private list: DemoScenario[];
  private deaths = 0;
  private stopped = false;

  constructor(
    private readonly childFile: string,
    private child: UtilityProcess,
    private readonly ready: Ready,
    private readonly report: (problem: string) => void,
  ) {
    this.list = ready.scenarios;
    this.follow(child);
  }

  get endpoint(): string {
    return this.ready.endpoint;
  }

  scenarios(): DemoScenario[] {
    return this.list;
  }

  onScenarios(listener: (scenarios: DemoScenario[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  run(id: string): void {
    if (!this.list.some((scenario) => scenario.id === id)) {
      throw new Error(`The demo has no scenario ${id}.`);
    }
    const message: ToDemoChild = { type: 'run', id };
    this.child.postMessage(message);
  }

  queueUrl(region: string): string {
    const url = this.ready.queueUrls[region];
    if (url === undefined) throw new Error(`The demo has no queue in ${region}.`);
    return url;
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.child.kill();
    return Promise.resolve();
  }

  private follow(child: UtilityProcess): void {
    child.on('message', (data: unknown) => {
      const message = fromDemoChildSchema.parse(data);
      if (message.type === 'failed') return this.report(`The demo: ${message.reason}`);
      this.list = message.scenarios;
      for (const listener of this.listeners) listener(message.scenarios);
    });
    child.once('exit', (code) => this.gone(code));
  }

  private gone(code: number): void {
    if (this.stopped) return;
    this.deaths += 1;
    this.report(`The demo ended with ${code}.`);
    if (this.deaths > MAX_DEATHS) return;
    this.child = fork(this.childFile, Number(new URL(this.ready.endpoint).port));
    this.follow(this.child);
  }
}

const fork = (childFile: string, port: number): UtilityProcess =>
  utilityProcess.fork(childFile, [String(port)], {
    serviceName: 'Nightdesk demo',
    // Nothing of the engineer's environment: it holds credentials, and the demo needs none.
    env: {},
  });

/** Resolves once the demo answers. Rejects with the reason when it cannot start. */
export function launchDemo(
  childFile: string,
  report: (problem: string) => void,
): Promise<RunningDemo> {
  const child = fork(childFile, 0);
  return new Promise((resolve, reject) => {
    const ended = (code: number): void => reject(new Error(`The demo ended with ${code}.`));
    child.once('exit', ended);
    child.once('message', (data: unknown) => {
      child.removeListener('exit', ended);
      const message = fromDemoChildSchema.safeParse(data);
      if (message.success && message.data.type === 'ready') {
        resolve(new DemoProcess(childFile, child, message.data, report));
        return;
      }
      const reason = message.success && message.data.type === 'failed' ? message.data.reason : '';
      reject(new Error(`The demo could not start. ${reason}`));
    });
  });
}
