import type { Failure } from '../shared/failure';
import type { Pushes, PushName, Reply, RequestArgs, RequestName } from '../shared/ipc';
import {
  preloadOnlyNames,
  PUSH_CHANNEL,
  pushNames,
  REQUEST_CHANNEL,
  requestNames,
} from '../shared/ipc-names';

/** The two calls of Electron's renderer side that the bridge needs; nothing else of it is reachable. */
export interface BridgeTransport {
  invoke(channel: string, name: string, args: unknown): Promise<unknown>;
  /** Calls `listener` with each message's payload; the returned function stops it. */
  listen(channel: string, listener: (payload: unknown) => void): () => void;
  /** Full path of a file a person dropped; empty for one that a page made up. */
  pathOf(file: File): string;
}

export interface NightdeskBridge {
  /** Asks main. Never rejects: a refusal or a lost connection is a `Failure` too. */
  request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Reply<N>>;
  /** Opens a file that a person dropped on the window. The page never learns or names its path. */
  openDropped(file: File): Promise<Reply<'dashboards.addDropped'>>;
  /** Hears what main tells; the returned function unsubscribes. Throws on an unknown name. */
  on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void;
}

const knownRequests: ReadonlySet<string> = new Set(
  requestNames.filter((name) => !preloadOnlyNames.includes(name)),
);
const knownPushes: ReadonlySet<string> = new Set(pushNames);

/** The whole surface the page sees. Names off the contract's lists never reach main. */
export function createBridge(transport: BridgeTransport): NightdeskBridge {
  return {
    async request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Reply<N>> {
      if (typeof name !== 'string' || !knownRequests.has(name)) {
        return { ok: false, failure: bridgeFailure('ipc', 'invalid', 'Unknown request.') };
      }
      try {
        const reply = await transport.invoke(REQUEST_CHANNEL, name, args);
        return isReply<N>(reply)
          ? reply
          : { ok: false, failure: bridgeFailure(name, 'unknown', 'No answer came back.') };
      } catch {
        // Electron's own error names channels and internals, which the page has no use for.
        return {
          ok: false,
          failure: bridgeFailure(name, 'unknown', 'The request did not get through.'),
        };
      }
    },
    async openDropped(file: File): Promise<Reply<'dashboards.addDropped'>> {
      const name = 'dashboards.addDropped';
      let path = '';
      try {
        path = transport.pathOf(file);
      } catch {
        // Not a File at all: the same as one without a path.
      }
      if (path === '') {
        return {
          ok: false,
          failure: bridgeFailure(name, 'invalid', 'This is not a file of this computer.'),
        };
      }
      try {
        const reply = await transport.invoke(REQUEST_CHANNEL, name, path);
        return isReply<typeof name>(reply)
          ? reply
          : { ok: false, failure: bridgeFailure(name, 'unknown', 'No answer came back.') };
      } catch {
        return {
          ok: false,
          failure: bridgeFailure(name, 'unknown', 'The request did not get through.'),
        };
      }
    },
    on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void {
      if (typeof name !== 'string' || !knownPushes.has(name)) {
        throw new TypeError('Unknown push name.');
      }
      return transport.listen(`${PUSH_CHANNEL}:${name}`, (payload) => {
        if (isPayload<N>(payload)) listener(payload);
      });
    },
  };
}

/** The door answers every request with a `Result`; main validates, so the shape is all there is to check. */
function isReply<N extends RequestName>(value: unknown): value is Reply<N> {
  return (
    typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean'
  );
}

/** Pushes come from main's typed `push` only; a payload is always there. */
function isPayload<N extends PushName>(value: unknown): value is Pushes[N] {
  return value !== undefined;
}

function bridgeFailure(operation: string, kind: Failure['kind'], message: string): Failure {
  return {
    kind,
    connectionId: null,
    operation,
    message,
    advice: 'Try again; if it persists, restart Nightdesk.',
  };
}
