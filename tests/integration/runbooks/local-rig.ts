/** A server on loopback that writes down what it is sent, and what a step's handler is given. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { systemClock } from '../../../src/shared/clock';
import type { StepOutput, StepQuestion } from '../../../src/shared/runbooks/run';
import { addressKind } from '../../../src/main/net/address-policy';
import type { AddressPolicy } from '../../../src/main/net/address-policy';
import type { StepContext } from '../../../src/main/runbooks/step-seams';

export interface Recorded {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RecordingServer {
  port: number;
  asked: Recorded[];
  url(path?: string): string;
  stop(): Promise<void>;
}

type Answer = (request: Recorded, response: ServerResponse) => void;

export async function record(
  answer: Answer,
  server: Server = createServer(),
): Promise<RecordingServer> {
  const asked: Recorded[] = [];
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      asked.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    asked,
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** As the product's, but loopback stands for the world outside. */
export const loopbackIsOutside: AddressPolicy = (address) =>
  addressKind(address) === 'forbidden' ? 'may not be reached' : null;

export interface Told {
  context: StepContext;
  said: string[];
  shown: StepOutput[];
  questions: StepQuestion[];
  abort: AbortController;
}

export function stepContext(more: Partial<StepContext> = {}, answers: string[] = []): Told {
  const abort = new AbortController();
  const said: string[] = [];
  const shown: StepOutput[] = [];
  const questions: StepQuestion[] = [];
  const context: StepContext = {
    place: null,
    reads: null,
    clock: systemClock,
    signal: abort.signal,
    token: 'run-1.step',
    runId: 'run-1',
    runbookName: 'Drain a queue',
    alarmKey: null,
    folder: tmpdir(),
    tell: (words) => void said.push(words),
    show: (output) => void shown.push(output),
    ask: async (question) => {
      questions.push(question);
      return answers.shift() ?? '';
    },
    ...more,
  };
  return { context, said, shown, questions, abort };
}

/** What a step gave, as expressions see it. */
export const valueIn = (output: StepOutput): unknown => JSON.parse(output.json);
