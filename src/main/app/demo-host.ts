import type { Connection } from '../../shared/connections/connection';
import type { DemoScenario } from '../../shared/ipc';

/** What the console uses of the embedded AWS (`src/demo`). */
export interface RunningDemo {
  readonly endpoint: string;
  scenarios(): DemoScenario[];
  onScenarios(listener: (scenarios: DemoScenario[]) => void): () => void;
  run(id: string): void;
  queueUrl(region: string): string;
  stop(): Promise<void>;
}

/** Starts the demo when it is wanted, at most once, and says which connections show it. */
export class DemoHost {
  private running: Promise<RunningDemo> | null = null;
  private demo: RunningDemo | null = null;

  constructor(
    private readonly launch: () => Promise<RunningDemo>,
    private readonly onScenarios: (scenarios: DemoScenario[]) => void,
  ) {}

  scenarios(): DemoScenario[] {
    return this.demo?.scenarios() ?? [];
  }

  /** @throws Error when the demo does not run or does not know the scenario. */
  run(id: string): void {
    if (this.demo === null) throw new Error('The demo is not running.');
    this.demo.run(id);
  }

  async start(): Promise<Connection[]> {
    this.running ??= this.launch().then((demo) => {
      this.demo = demo;
      demo.onScenarios(this.onScenarios);
      return demo;
    });
    const demo = await this.running;
    this.onScenarios(demo.scenarios());
    return [
      demoConnection(demo, 'demo-realtechee', 'RealTechee (demo)', '#6ea8fe', 'us-west-1'),
      demoConnection(demo, 'demo-crm', 'CRM (demo)', '#57c785', 'us-east-1'),
    ];
  }

  async stop(): Promise<void> {
    const { demo } = this;
    this.demo = null;
    this.running = null;
    this.onScenarios([]);
    await demo?.stop();
  }
}

function demoConnection(
  demo: RunningDemo,
  id: string,
  label: string,
  color: string,
  region: string,
): Connection {
  return {
    id,
    label,
    color,
    credentials: { kind: 'demo' },
    regions: [region],
    roleArn: null,
    endpoint: demo.endpoint,
    // Nothing of anybody's can be hurt here, so that changes can be tried.
    readOnly: false,
    paused: false,
    pushQueueUrl: demo.queueUrl(region),
  };
}
