/** An error as an AWS service gives it; the wire layer writes it in the protocol that was asked in. */
export class AwsError extends Error {
  constructor(
    /** Shape name, e.g. `ResourceNotFound`. */
    readonly code: string,
    message: string,
    readonly status: number = 400,
    /** The code query-compatible protocols give, where it differs. */
    readonly queryCode: string = code,
    /** Namespace in `__type`. */
    readonly namespace: string = 'com.amazonaws.cloudwatch.v2010_08_01',
    /** Further members of the error's shape. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'AwsError';
  }
}

const CORAL_SERVICE = 'com.amazon.coral.service';

export const validationError = (message: string): AwsError =>
  new AwsError('ValidationException', message, 400, 'ValidationError', 'com.amazon.coral.validate');
/** The sentence AWS's request validation gives for one broken constraint. */
export const constraintError = (value: string, path: string, constraint: string): AwsError =>
  validationError(
    `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`,
  );
export const invalidValue = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, 400, 'InvalidParameterValue');
export const invalidCombination = (message: string): AwsError =>
  new AwsError('InvalidParameterCombinationException', message, 400, 'InvalidParameterCombination');
export const missingParameter = (name: string): AwsError =>
  new AwsError(
    'MissingRequiredParameterException',
    `The parameter ${name} is required.`,
    400,
    'MissingParameter',
  );
/** SetAlarmState and friends on an unknown alarm: 404 without a message. */
export const resourceNotFound = (message = ''): AwsError =>
  new AwsError('ResourceNotFound', message, 404);
export const invalidNextToken = (): AwsError =>
  new AwsError('InvalidNextToken', 'The specified next token is invalid.', 400);
export const limitExceeded = (message: string): AwsError =>
  new AwsError('LimitExceededFault', message, 400, 'LimitExceeded');
export const throttled = (): AwsError =>
  new AwsError(
    'ThrottlingException',
    'Rate exceeded',
    400,
    'Throttling',
    'com.amazon.coral.availability',
  );
export const expiredToken = (): AwsError =>
  new AwsError(
    'ExpiredTokenException',
    'The security token included in the request is expired',
    400,
    'ExpiredToken',
    CORAL_SERVICE,
  );
export const unknownToken = (): AwsError =>
  new AwsError(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    400,
    'InvalidClientTokenId',
    CORAL_SERVICE,
  );
export const missingToken = (): AwsError =>
  new AwsError(
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
    400,
    'MissingAuthenticationToken',
    CORAL_SERVICE,
  );
export const accessDenied = (arn: string, action: string): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    400,
    'AccessDenied',
    CORAL_SERVICE,
  );
export const unknownOperation = (): AwsError =>
  new AwsError('UnknownOperationException', '', 400, 'InvalidAction', CORAL_SERVICE);
export const internalFailure = (status = 500): AwsError =>
  new AwsError(
    status === 503 ? 'ServiceUnavailableException' : 'InternalFailure',
    status === 503
      ? 'Service is unavailable'
      : 'The request processing has failed because of an unknown error, exception or failure.',
    status,
    status === 503 ? 'ServiceUnavailable' : 'InternalFailure',
    CORAL_SERVICE,
  );
/** What a clock more than five minutes wrong gets. */
export const signatureExpired = (signedAt: string, serverNow: string): AwsError =>
  new AwsError(
    'InvalidSignatureException',
    `Signature expired: ${signedAt} is now earlier than ${serverNow} (${serverNow} - 5 min.)`,
    403,
    'SignatureDoesNotMatch',
    CORAL_SERVICE,
  );
export const requestTimeTooSkewed = (): AwsError =>
  new AwsError(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    403,
    'RequestTimeTooSkewed',
    CORAL_SERVICE,
  );
