/** WAF's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export {
  GetIPSetCommand,
  ListIPSetsCommand,
  UpdateIPSetCommand,
  WAFOptimisticLockException,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
