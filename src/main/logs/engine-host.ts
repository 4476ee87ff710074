/** The log engine for main: started when first used, fed with back-pressure, a port to it for the window. */
import type { MessagePortMain } from 'electron';
import { FailureError } from '../../shared/failure';
import type { EngineArgs, ExportChunk } from '../../shared/logs/engine-protocol';
import type { EngineHost } from './engine/host';
import type { EventSink } from './log-seams';
import { Turns } from './search/turns';

/** Frames, of about a megabyte each, on their way to the engine at a time. */
const FRAMES_AT_ONCE = 3;

export interface LogEngineParts {
  launch: () => EngineHost;
  /** Hands the port to the window's page; false when there is no page to trust with it. */
  sendPort: (port: MessagePortMain) => boolean;
  /** Of each dataset. */
  capBytes: () => number;
  report: (problem: string) => void;
}

export class LogEngine implements EventSink {
  private host: EngineHost | null = null;
  private readonly turns = new Turns(FRAMES_AT_ONCE);
  private readonly lostListeners = new Set<() => void>();
  private connected = false;

  constructor(private readonly parts: LogEngineParts) {}

  async open(dataset: string): Promise<void> {
    await this.asked(() =>
      this.started().client.ask('open', { dataset, capBytes: this.parts.capBytes() }),
    );
  }

  /** Rejects with what is no FailureError when the engine has died or cannot hold it. */
  async append(dataset: string, frame: Uint8Array<ArrayBuffer>): Promise<void> {
    const giveBack = await this.turns.take();
    try {
      await this.started().client.ask('append', { dataset, frame });
    } finally {
      giveBack();
    }
  }

  async close(dataset: string): Promise<void> {
    const { host } = this;
    if (host === null) return;
    await this.asked(() => host.client.ask('close', { dataset }));
  }

  /** The rows of a view as text, chunk by chunk as they are taken. Rejects with FailureError. */
  async *exportView(
    what: Pick<EngineArgs<'exportStart'>, 'dataset' | 'view' | 'format' | 'columns'>,
  ): AsyncGenerator<ExportChunk, void, undefined> {
    const { client } = this.started();
    const { exportId } = await this.asked(() => client.ask('exportStart', what));
    let done = false;
    try {
      while (!done) {
        const chunk = await this.asked(() => {
          // Another engine counts its exports from one again: what it has by this id is not ours.
          if (this.started().client !== client) throw new Error('it was started again');
          return client.ask('exportNext', { exportId });
        });
        ({ done } = chunk);
        yield chunk;
      }
    } finally {
      // Left early; an engine that has died holds nothing to be let go.
      if (!done && this.started().client === client) {
        client.ask('exportEnd', { exportId }).catch(() => undefined);
      }
    }
  }

  /** Gives the window a port to the engine, now and whenever the engine is started again. */
  connect(): void {
    this.connected = true;
    const port = this.started().portForWindow();
    if (!this.parts.sendPort(port)) port.close();
  }

  /** The engine had died and was started again, empty. */
  onLost(listener: () => void): () => void {
    this.lostListeners.add(listener);
    return () => void this.lostListeners.delete(listener);
  }

  stop(): void {
    this.host?.stop();
    this.host = null;
  }

  private started(): EngineHost {
    if (this.host !== null) return this.host;
    const host = this.parts.launch();
    this.host = host;
    host.onRestarted((exitCode) => {
      this.parts.report(`The log engine ended with ${exitCode} and was started again.`);
      for (const listener of this.lostListeners) listener();
      if (this.connected) this.connect();
    });
    return host;
  }

  private async asked<T>(does: () => Promise<T>): Promise<T> {
    try {
      return await does();
    } catch (error) {
      throw new FailureError({
        kind: 'unknown',
        connectionId: null,
        operation: 'logs',
        message: `The log engine did not answer: ${error instanceof Error ? error.message : String(error)}`,
        advice: 'Try again; if it stays, start Nightdesk again.',
      });
    }
  }
}
