import { AwsError } from '../../errors';

const NAMESPACE = 'com.amazonaws.logs';
const logsError = (code: string, message: string, members = {}): AwsError =>
  new AwsError(code, message, 400, code, NAMESPACE, members);

export const invalidParameter = (message: string): AwsError =>
  logsError('InvalidParameterException', message);
export const logsValidation = (message: string): AwsError =>
  logsError('ValidationException', message);
export const noSuchGroup = (): AwsError =>
  logsError('ResourceNotFoundException', 'The specified log group does not exist.');
export const noSuchStream = (): AwsError =>
  logsError('ResourceNotFoundException', 'The specified log stream does not exist.');
export const notFound = (message: string): AwsError =>
  logsError('ResourceNotFoundException', message);
export const alreadyExists = (what: 'group' | 'stream'): AwsError =>
  logsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);
export const logsLimit = (message: string): AwsError =>
  logsError('LimitExceededException', message);
export const invalidToken = (): AwsError => invalidParameter('The specified nextToken is invalid.');

/** The trailer older services of AWS put behind a message. */
export const trailer = (code: string, requestId: string): string =>
  ` (Service: AWSLogs; Status Code: 400; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`;

/** A query that does not parse; `start` and `end` are offsets of characters. */
export const malformedQuery = (
  message: string,
  start: number,
  end: number,
  requestId: string,
): AwsError =>
  logsError(
    'MalformedQueryException',
    `${message}${trailer('MalformedQueryException', requestId)}`,
    { queryCompileError: { location: { startCharOffset: start, endCharOffset: end }, message } },
  );
