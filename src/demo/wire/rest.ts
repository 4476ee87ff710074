import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AwsError } from '../errors';
import type { Service } from '../operations/operations';

/** A call of a service that is asked by path: Lambda and S3. */
export interface RestCall {
  protocol: 'rest-json' | 'rest-xml';
  service: Service;
  operation: string;
  body: Record<string, unknown>;
}

interface Route {
  method: string;
  path: RegExp;
  /** Names of the path's parts. */
  parts: string[];
  operation: string;
}

const FUNCTIONS = '/2015-03-31/functions';
const route = (method: string, path: string, operation: string): Route => {
  const parts: string[] = [];
  const pattern = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    parts.push(name);
    return '([^/]+)';
  });
  return { method, path: new RegExp(`^${pattern}/?$`), parts, operation };
};

const lambdaRoutes: readonly Route[] = [
  route('GET', FUNCTIONS, 'ListFunctions'),
  route('GET', `${FUNCTIONS}/{FunctionName}`, 'GetFunction'),
  route('GET', `${FUNCTIONS}/{FunctionName}/configuration`, 'GetFunctionConfiguration'),
  route('GET', `${FUNCTIONS}/{FunctionName}/versions`, 'ListVersionsByFunction'),
  route('GET', `${FUNCTIONS}/{FunctionName}/aliases`, 'ListAliases'),
  route('GET', `${FUNCTIONS}/{FunctionName}/aliases/{Name}`, 'GetAlias'),
  route('PUT', `${FUNCTIONS}/{FunctionName}/aliases/{Name}`, 'UpdateAlias'),
  route('POST', `${FUNCTIONS}/{FunctionName}/invocations`, 'Invoke'),
];

const s3Routes: readonly Route[] = [
  route('GET', '', 'ListBuckets'),
  route('HEAD', '/{Bucket}', 'HeadBucket'),
  route('GET', '/{Bucket}', 'ListObjectsV2'),
];

const record = z.record(z.string(), z.unknown());

/** The call a request makes of a service that is asked by path; null when it is none. */
export function readRest(request: IncomingMessage, text: string, service: string): RestCall | null {
  if (service !== 'lambda' && service !== 's3') return null;
  const url = new URL(request.url ?? '/', 'http://localhost');
  for (const one of service === 'lambda' ? lambdaRoutes : s3Routes) {
    const match = one.method === request.method ? one.path.exec(url.pathname) : null;
    if (match === null) continue;
    const body: Record<string, unknown> = Object.fromEntries(url.searchParams);
    one.parts.forEach((name, index) => (body[name] = decodeURIComponent(match[index + 1] ?? '')));
    if (one.operation === 'Invoke') readInvoke(request, text, body);
    else if (text !== '') Object.assign(body, members(text));
    const protocol = service === 'lambda' ? 'rest-json' : 'rest-xml';
    return { protocol, service, operation: one.operation, body };
  }
  return null;
}

function readInvoke(request: IncomingMessage, text: string, body: Record<string, unknown>): void {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  body['InvocationType'] = header('x-amz-invocation-type');
  body['LogType'] = header('x-amz-log-type');
  body['Payload'] = text;
}

function members(text: string): Record<string, unknown> {
  try {
    return record.parse(JSON.parse(text));
  } catch {
    throw new AwsError('SerializationException', 'Could not parse request body into json', 400);
  }
}
