/** The SDK's HTTP handler with a limit on how much an answer may bring, and an eye on its Date header. */
import { Transform, pipeline } from 'node:stream';
import { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** A full page of alarms is about 1 MB, a full GetMetricData answer about 5 MB. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
export const CONNECT_TIMEOUT_MS = 3_000;

const EVENT_STREAM = 'application/vnd.amazon.eventstream';

/** An answer too large to be AWS's. */
export class OversizedAnswer extends Error {
  constructor() {
    super(`More than ${MAX_ANSWER_BYTES} bytes.`);
    this.name = 'OversizedAnswer';
  }
}

type Handle = NodeHttpHandler['handle'];

export class GuardedHandler extends NodeHttpHandler {
  /**
   * `onDate` gets the server's time (ms, whole seconds) of every answer, errors included.
   * `silentMs` is how long a call may bring nothing.
   */
  constructor(
    private readonly onDate: (serverMs: number) => void,
    silentMs = 30_000,
  ) {
    super({
      connectionTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: silentMs,
      httpsAgent: { keepAlive: true },
    });
  }

  override async handle(...args: Parameters<Handle>): ReturnType<Handle> {
    const output = await super.handle(...args);
    const { response } = output;
    const headers = response.headers;
    const date = Date.parse(headers['date'] ?? '');
    // An answer from a cache carries Age, and its Date says nothing about now.
    if (!Number.isNaN(date) && headers['age'] === undefined) this.onDate(date);
    // An event stream brings as much as it likes for three hours; its reader takes message by message.
    if (headers['content-type'] === EVENT_STREAM) return output;
    if (response.body instanceof Readable) {
      if (Number(headers['content-length'] ?? 0) > MAX_ANSWER_BYTES) {
        response.body.destroy();
        throw new OversizedAnswer();
      }
      response.body = limited(response.body);
    }
    return output;
  }
}

function limited(body: Readable): Readable {
  let bytes = 0;
  const limiter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) done(new OversizedAnswer());
      else done(null, chunk);
    },
  });
  return pipeline(body, limiter, () => {
    // The reader of `limiter` gets the error; pipeline only needs somebody to have been told.
  });
}
