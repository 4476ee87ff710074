import type { ServerResponse } from 'node:http';
import type { AwsError } from '../errors';
import { escapeXml, toXml } from './xml';

export type Protocol = 'json' | 'query';

/** Headers every answer has. `skewMs` is what the server's clock is wrong by. */
export function baseHeaders(requestId: string, skewMs: number): Record<string, string> {
  return {
    'x-amzn-requestid': requestId,
    date: new Date(Date.now() + skewMs).toUTCString(),
  };
}

export function sendJson(
  response: ServerResponse,
  headers: Record<string, string>,
  output: Record<string, unknown>,
): void {
  const body = Buffer.from(JSON.stringify(output));
  response.writeHead(200, {
    'content-type': 'application/x-amz-json-1.0',
    ...headers,
    'content-length': body.length,
  });
  response.end(body);
}

export function sendQuery(
  response: ServerResponse,
  headers: Record<string, string>,
  operation: string,
  namespace: string,
  output: Record<string, unknown>,
): void {
  const body = Buffer.from(
    `<${operation}Response xmlns="${namespace}"><${operation}Result>${toXml(output)}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${headers['x-amzn-requestid'] ?? ''}</RequestId></ResponseMetadata></${operation}Response>`,
  );
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/xml',
    'content-length': body.length,
  });
  response.end(body);
}

/** An error in the protocol asked in; JSON adds `x-amzn-query-error` for query-compatible services. */
export function sendError(
  response: ServerResponse,
  headers: Record<string, string>,
  protocol: Protocol,
  error: AwsError,
): void {
  const fault = error.status >= 500 ? 'Receiver' : 'Sender';
  if (protocol === 'query') {
    const status =
      error.queryCode === 'InvalidClientTokenId' ||
      error.queryCode === 'ExpiredToken' ||
      error.queryCode === 'AccessDenied'
        ? 403
        : error.status;
    const body = Buffer.from(
      `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>${fault}</Type>` +
        `<Code>${error.queryCode}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
        `<RequestId>${headers['x-amzn-requestid'] ?? ''}</RequestId></ErrorResponse>`,
    );
    response.writeHead(status, {
      ...headers,
      'content-type': 'text/xml',
      'content-length': body.length,
    });
    response.end(body);
    return;
  }
  const body = Buffer.from(
    JSON.stringify({
      __type: `${error.namespace}#${error.code}`,
      message: error.message === '' ? undefined : error.message,
      ...error.members,
    }),
  );
  response.writeHead(error.status, {
    'content-type': 'application/x-amz-json-1.0',
    ...headers,
    'content-length': body.length,
    'x-amzn-query-error': `${error.queryCode};${fault}`,
  });
  response.end(body);
}
