/** Cognito's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
