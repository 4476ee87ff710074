import type { Caller, World } from '../world';
import type { RegionStore } from '../region';

/** What an operation gets beside its input. */
export interface OperationContext {
  world: World;
  /** The caller's account in the region the request was signed for. */
  region: RegionStore;
  caller: Caller;
  /** Aborts when the client goes away or the demo stops. */
  signal: AbortSignal;
  /** `http://127.0.0.1:port`. */
  endpoint: string;
}

/** An answer that comes as an event stream, for as long as `events` goes on: an output's only member, `stream`. */
export class Streamed {
  constructor(readonly events: AsyncIterable<StreamedEvent>) {}
}

/** One message of an event stream; an exception ends it. */
export interface StreamedEvent {
  kind: 'event' | 'exception';
  /** Member of the output's union. */
  name: string;
  body: Record<string, unknown>;
}

/** Takes a parsed body, answers the output's members; throws `AwsError`. */
export type Operation = (
  context: OperationContext,
  body: unknown,
) => Record<string, unknown> | Promise<Record<string, unknown>>;
