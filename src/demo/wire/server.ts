import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  accessDenied,
  AwsError,
  expiredToken,
  internalFailure,
  requestTimeTooSkewed,
  signatureExpired,
  throttled,
  unknownOperation,
  unknownToken,
} from '../errors';
import { type Operation, type OperationContext, Streamed } from '../operations/operation';
import { Raw } from '../operations/raw';
import { isChange, operations, type Service } from '../operations/operations';
import type { World } from '../world';
import { checkSigningTime, readSignature, signingName } from './auth';
import { type Fault, Faults } from './faults';
import { type LoggedRequest, RequestLog } from './request-log';
import {
  baseHeaders,
  type Protocol,
  sendError,
  sendJson,
  sendQuery,
  sendRaw,
  sendRestXml,
} from './respond';
import { readRest } from './rest';
import { bendOutput, sendBroken } from './broken';
import { sendStream } from './event-stream';

const MAX_BODY = 10_000_000;
const TARGETS: Record<string, Service> = {
  GraniteServiceVersion20100801: 'monitoring',
  Logs_20140328: 'logs',
  AmazonSQS: 'sqs',
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonSSM: 'ssm',
  DynamoDB_20120810: 'dynamodb',
  AWSStepFunctions: 'states',
  AWSEvents: 'events',
  AWSWAF_20190729: 'wafv2',
  AWSSupport_20130415: 'support',
  AWSCognitoIdentityProviderService: 'cognito-idp',
};

/** Namespaces of the services asked in the query protocol; what its form's Version names. */
const QUERY_SERVICES: Partial<Record<Service, string>> = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  rds: 'http://rds.amazonaws.com/doc/2014-10-31/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
};

/** Which of them is asked is told by the version alone; STS otherwise. */
const QUERY_VERSIONS: Readonly<Record<string, Service>> = {
  '2010-05-15': 'cloudformation',
  '2014-10-31': 'rds',
  '2010-03-31': 'sns',
};

interface Call {
  protocol: Protocol;
  service: Service;
  operation: string;
  body: unknown;
}

/** The endpoint: reads a request, lets the faults have it, runs the operation, writes the answer. */
export class DemoServer {
  readonly faults: Faults;
  readonly requests = new RequestLog();
  private readonly server: Server;
  private readonly stopping = new AbortController();
  endpoint = '';

  constructor(private readonly world: World) {
    this.faults = new Faults(world.seed);
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        // A client that went away is no error of ours; anything else must be seen.
        if (!response.destroyed && !response.headersSent) {
          sendError(response, baseHeaders(randomUUID(), 0), 'json', internalFailure());
        }
        if (!request.destroyed) console.error('demo endpoint:', error);
      });
    });
    // Longer than the SDK's own, so that the client is the one to close idle sockets.
    this.server.keepAliveTimeout = 60_000;
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    this.endpoint = `http://127.0.0.1:${address.port}`;
    return this.endpoint;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request);
    const logged: LoggedRequest = {
      at: Date.now(),
      operation: 'Unknown',
      region: '',
      accountId: '',
      status: 0,
      error: null,
      body: text,
    };
    response.once('finish', () => (logged.status = response.statusCode));
    let protocol: Protocol = 'json';
    let headers = baseHeaders(randomUUID(), 0);
    try {
      const target = request.headers['x-amz-target'];
      const rest =
        target === undefined ? readRest(request, text, signingName(request.headers)) : null;
      const call = rest ?? readCall(request, text);
      protocol = call.protocol;
      logged.operation = call.operation;
      const signedRegion = readSignature(request.headers);
      logged.region = signedRegion.region;
      const caller = this.world.caller(signedRegion.accessKeyId, signedRegion.region);
      logged.accountId = caller.accountId;
      this.requests.add(logged);
      const faults = this.faults.strike(logged);
      const skewMs = faults.reduce((sum, f) => sum + (f.kind === 'clock-skew' ? f.ms : 0), 0);
      headers = baseHeaders(headers['x-amzn-requestid'] ?? '', skewMs);
      if (call.service === 'logs') headers['content-type'] = 'application/x-amz-json-1.1';
      checkSigningTime(request.headers, Date.now() + skewMs);
      if (await this.strike(faults, response, headers, caller.arn, call)) return;
      if (this.world.sessionExpired(caller.accessKeyId)) throw expiredToken();
      const output = await this.run(call, signedRegion.region, caller, response);
      if (response.destroyed) return;
      const { stream } = output;
      if (stream instanceof Streamed) {
        await sendStream(response, headers, stream);
        return;
      }
      const { raw } = output;
      if (raw instanceof Raw) {
        sendRaw(response, headers, raw);
        return;
      }
      const bent = bendOutput(output, faults);
      if (call.protocol === 'rest-xml') sendRestXml(response, headers, call.operation, bent);
      else if (call.protocol !== 'query') sendJson(response, headers, bent);
      else sendQuery(response, headers, call.operation, QUERY_SERVICES[call.service] ?? '', bent);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (logged.accountId === '') this.requests.add(logged);
      logged.error = error.code;
      sendError(response, headers, protocol, error);
    }
  }

  private async run(
    call: Call,
    regionName: string,
    caller: ReturnType<World['caller']>,
    response: ServerResponse,
  ): Promise<Record<string, unknown>> {
    const operation = operations[call.service].get(call.operation);
    if (operation === undefined) throw unknownOperation();
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const region = this.world.region(caller.accountId, regionName);
    region.resources.settle(this.world.now());
    const context = {
      world: this.world,
      region,
      caller,
      signal: AbortSignal.any([gone.signal, this.stopping.signal]),
      endpoint: this.endpoint,
    };
    return isChange(call.service, call.operation, call.body)
      ? this.change(call, context, operation)
      : operation(context, call.body);
  }

  /** Runs a call that changes something, and notes it whether it was carried out or refused. */
  private async change(
    call: Call,
    context: OperationContext,
    operation: Operation,
  ): Promise<Record<string, unknown>> {
    const { world, region, caller } = context;
    const note = (error: string | null): void =>
      world.changes.add({
        at: world.now(),
        service: call.service,
        operation: call.operation,
        region: region.name,
        accountId: region.accountId,
        input: call.body,
        error,
      });
    try {
      if (/:assumed-role\/readonly/i.test(caller.arn)) {
        throw accessDenied(caller.arn, iamAction(call));
      }
      const output = await operation(context, call.body);
      note(null);
      return output;
    } catch (error) {
      note(error instanceof AwsError ? error.code : 'InternalFailure');
      throw error;
    }
  }

  /** Applies the faults that replace the answer; true when one has. Throws the ones that are AWS errors. */
  private async strike(
    faults: readonly Fault[],
    response: ServerResponse,
    headers: Record<string, string>,
    arn: string,
    call: Call,
  ): Promise<boolean> {
    for (const fault of faults) {
      const error = errorOf(fault, arn, call);
      if (error !== null) throw error;
      if (fault.kind === 'latency') await pause(fault.ms, this.stopping.signal);
      else if (sendBroken(fault, response, headers)) return true;
    }
    return false;
  }
}

/** The permission a call needs. */
function iamAction({ service, operation }: Call): string {
  return `${service === 'monitoring' ? 'cloudwatch' : service}:${operation === 'Invoke' ? 'InvokeFunction' : operation}`;
}

function errorOf(fault: Fault, arn: string, call: Call): AwsError | null {
  switch (fault.kind) {
    case 'throttle':
      return throttled();
    case 'server-error':
      return internalFailure(fault.status);
    case 'expired-token':
      return expiredToken();
    case 'access-denied':
      return accessDenied(arn, iamAction(call));
    case 'unknown-key':
      return unknownToken();
    case 'invalid-signature': {
      const now = new Date()
        .toISOString()
        .replace(/[-:]/g, '')
        .replace(/\.\d{3}/, '');
      return signatureExpired(now, now);
    }
    case 'time-too-skewed':
      return requestTimeTooSkewed();
    default:
      return null;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = z.instanceof(Buffer).parse(chunk);
    size += bytes.length;
    if (size > MAX_BODY) throw new AwsError('RequestEntityTooLarge', 'Request is too large', 413);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readCall(request: IncomingMessage, text: string): Call {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', operation = ''] = target.split('.');
    const service = TARGETS[prefix];
    if (service === undefined) throw unknownOperation();
    return { protocol: 'json', service, operation, body: parseJson(text) };
  }
  const form = new URLSearchParams(text);
  const operation = form.get('Action');
  if (operation === null) throw unknownOperation();
  const service = QUERY_VERSIONS[form.get('Version') ?? ''] ?? 'sts';
  return { protocol: 'query', service, operation, body: Object.fromEntries(form) };
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new AwsError('SerializationException', 'Could not parse request body into json', 400);
  }
}
