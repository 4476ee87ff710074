/** A small HTTP endpoint whose answers a test decides, for faults that AWS would not play on request. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  /** `DescribeAlarms`, `AssumeRole`, `ReceiveMessage` … */
  operation: string;
  body: string;
  headers: IncomingMessage['headers'];
  /** When it arrived, ms. */
  at: number;
}

export type Responder = (asked: Asked, response: ServerResponse) => void | Promise<void>;

export interface StandIn {
  url: string;
  asked: Asked[];
  respond: (responder: Responder) => void;
  close(): Promise<void>;
}

export async function startStandIn(): Promise<StandIn> {
  const asked: Asked[] = [];
  let responder: Responder = answerWell;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const target =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      const operation = target !== '' ? target : (/Action=(\w+)/.exec(body)?.[1] ?? '');
      const one = { operation, body, headers: request.headers, at: Date.now() };
      asked.push(one);
      void Promise.resolve(responder(one, response));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Pick<AddressInfo, 'port'> = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    respond: (next) => {
      responder = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address;
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers });
  response.end(JSON.stringify(body));
}

/** An error as the JSON protocols carry it; STS gets the query protocol's XML. */
export function sendError(
  asked: Asked,
  response: ServerResponse,
  code: string,
  message: string,
  status = 400,
  headers: Record<string, string> = {},
): void {
  if (asked.headers['x-amz-target'] === undefined) {
    response.writeHead(status, { 'content-type': 'text/xml', ...headers });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
    return;
  }
  sendJson(response, { __type: `com.amazonaws.cloudwatch#${code}`, message }, status, {
    'x-amzn-query-error': `${code};Sender`,
    ...headers,
  });
}

const in1Hour = (): string => new Date(Date.now() + 3_600_000).toISOString();

export const answerWell: Responder = (asked, response) => {
  switch (asked.operation) {
    case 'DescribeAlarms':
      return sendJson(response, { MetricAlarms: [], CompositeAlarms: [] });
    case 'DescribeAlarmHistory':
      return sendJson(response, { AlarmHistoryItems: [] });
    case 'ListTagsForResource':
      return sendError(asked, response, 'ResourceNotFoundException', 'Unknown alarm', 404);
    case 'GetMetricData':
      return sendJson(response, { MetricDataResults: [], Messages: [] });
    case 'GetCallerIdentity':
      return sendXml(
        response,
        'GetCallerIdentity',
        '<Arn>arn:aws:iam::123456789012:user/on-call</Arn><UserId>AIDA</UserId><Account>123456789012</Account>',
      );
    case 'AssumeRole':
      return sendXml(
        response,
        'AssumeRole',
        `<Credentials><AccessKeyId>ASIAROLEKEY000000001</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken><Expiration>${in1Hour()}</Expiration></Credentials>`,
      );
    case 'ReceiveMessage':
      return sendJson(response, { Messages: [{ Body: 'hello', ReceiptHandle: 'r-1' }] });
    case 'DeleteMessageBatch':
      return sendJson(response, { Successful: [{ Id: '0' }], Failed: [] });
    default:
      return sendError(asked, response, 'InvalidAction', `No ${asked.operation}`);
  }
};

export function sendXml(response: ServerResponse, operation: string, result: string): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(
    `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result></${operation}Response>`,
  );
}
