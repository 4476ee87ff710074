import type { LogTarget } from '../../../shared/logs/groups';
import type { AlarmApi } from '../../aws/aws-api';
import { plainArn } from '../known-groups';
import type { GroupFacts } from '../known-groups';

/** Live tail takes ARNs only. Those not known from the listing are made with the account's id. */
export async function arnsOf(
  { groups, region }: LogTarget,
  known: ReadonlyMap<string, GroupFacts>,
  api: Pick<AlarmApi, 'callerIdentity'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let prefix: string | null = null;
  for (const name of groups) {
    const arn = known.get(name)?.arn;
    if (arn !== undefined) {
      found.set(name, plainArn(arn));
      continue;
    }
    prefix ??= await prefixOf(api, region, signal);
    found.set(name, `${prefix}${name}`);
  }
  return found;
}

/** China and GovCloud have partitions of their own, which the caller's ARN names. */
async function prefixOf(
  api: Pick<AlarmApi, 'callerIdentity'>,
  region: string,
  signal: AbortSignal,
): Promise<string> {
  const { accountId, arn } = await api.callerIdentity(signal);
  return `arn:${arn.split(':')[1] ?? 'aws'}:logs:${region}:${accountId}:log-group:`;
}
