import type { ServerResponse } from 'node:http';
import type { AwsError } from '../errors';
import type { Raw } from '../operations/raw';
import { escapeXml, toXml } from './xml';

export type Protocol = 'json' | 'query' | 'rest-json' | 'rest-xml';

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

/** An answer that is no document of members. */
export function sendRaw(
  response: ServerResponse,
  headers: Record<string, string>,
  { status, headers: own, body }: Raw,
): void {
  const bytes = Buffer.from(body);
  // An answer without a body must not announce one's length: HEAD and 204 have none.
  const length = status === 204 ? {} : { 'content-length': bytes.length };
  response.writeHead(status, { ...headers, ...own, ...length });
  response.end(bytes);
}

/** S3's: the result without an envelope. */
export function sendRestXml(
  response: ServerResponse,
  headers: Record<string, string>,
  operation: string,
  output: Record<string, unknown>,
): void {
  const root = operation === 'ListBuckets' ? 'ListAllMyBucketsResult' : 'ListBucketResult';
  sendXml(
    response,
    headers,
    200,
    `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${toXml(output)}</${root}>`,
  );
}

function sendXml(
  response: ServerResponse,
  headers: Record<string, string>,
  status: number,
  text: string,
): void {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/xml',
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
  if (protocol === 'rest-xml') {
    const id = headers['x-amzn-requestid'] ?? '';
    sendXml(
      response,
      headers,
      error.status,
      `<Error><Code>${error.queryCode}</Code><Message>${escapeXml(error.message)}</Message><RequestId>${id}</RequestId></Error>`,
    );
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
    ...(protocol === 'rest-json' ? { 'x-amzn-errortype': error.code } : {}),
    'x-amzn-query-error': `${error.queryCode};${fault}`,
  });
  response.end(body);
}
