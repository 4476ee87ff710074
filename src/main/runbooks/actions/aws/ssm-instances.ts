/** Which instances a command would reach now, in words: what its targets match may be more than somebody thinks. */
import type { InstanceInformation, SendCommandRequest } from '@aws-sdk/client-ssm';
import { FailureError } from '../../../../shared/failure';
import type { RunbookReads } from '../../../aws/runbook-api';
import { counted } from './common';

/** 50 a page: beyond that nobody reads names. */
const MAX_PAGES = 10;
const MOST_NAMED = 5;

type Wanted = Pick<SendCommandRequest, 'InstanceIds' | 'Targets'>;

/** Never rejects for what AWS does not tell: that is in the words. Rejects when `signal` aborts. */
export async function reachedNow(
  wanted: Wanted,
  words: string,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<string> {
  const { InstanceIds: named } = wanted;
  const where =
    named === undefined ? `all instances with ${words}` : counted(named.length, 'instance');
  const filters = filtersOf(wanted);
  if (filters === null) return `${where}; which they are is known when it runs`;
  try {
    const { found, more } = await managed(filters, reads, signal);
    return named === undefined
      ? `${where}: ${matched(found, more)}`
      : `${where}: ${chosen(named, found)}`;
  } catch (error) {
    if (!(error instanceof FailureError) || signal.aborted) throw error;
    return `${where}; which of them answer is not known: ${error.failure.message}`;
  }
}

/** Resource groups cannot be asked for that way. */
function filtersOf({
  InstanceIds,
  Targets = [],
}: Wanted): { Key: string; Values: string[] }[] | null {
  if (InstanceIds !== undefined) return [{ Key: 'InstanceIds', Values: InstanceIds }];
  const filters = Targets.map(({ Key = '', Values = [] }) => ({ Key, Values }));
  return filters.every(({ Key }) => /^(tag:.+|tag-key|InstanceIds)$/.test(Key)) ? filters : null;
}

async function managed(
  Filters: { Key: string; Values: string[] }[],
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<{ found: InstanceInformation[]; more: boolean }> {
  const found: InstanceInformation[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reads.managedInstances({ Filters, NextToken }, signal);
    found.push(...(answer.InstanceInformationList ?? []));
    NextToken = answer.NextToken;
    if (NextToken === undefined || NextToken === '') return { found, more: false };
  }
  return { found, more: true };
}

const nameOf = ({ ComputerName, InstanceId = '?' }: InstanceInformation): string =>
  ComputerName === undefined || ComputerName === '' ? InstanceId : ComputerName;

const listed = (names: readonly string[]): string =>
  names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
    : names.join(', ');

const isAway = ({ PingStatus }: InstanceInformation): boolean => PingStatus !== 'Online';

const awayWords = (away: readonly string[]): string =>
  away.length === 0 ? '' : `; ${listed(away)} ${away.length === 1 ? 'does' : 'do'} not answer`;

function matched(found: readonly InstanceInformation[], more: boolean): string {
  if (found.length === 0) return 'none now, so it would reach nothing';
  const away = found.filter(isAway).map(nameOf);
  return `${more ? 'more than ' : ''}${found.length} now, ${listed(found.map(nameOf))}${awayWords(away)}`;
}

function chosen(ids: readonly string[], found: readonly InstanceInformation[]): string {
  const byId = new Map(found.map((one) => [one.InstanceId, one]));
  const names = ids.map((id) => {
    const one = byId.get(id);
    return one === undefined ? id : nameOf(one);
  });
  const unknown = ids.filter((id) => !byId.has(id));
  const strange =
    unknown.length === 0
      ? ''
      : `; ${listed(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not known to Systems Manager there`;
  return `${listed(names)}${awayWords(found.filter(isAway).map(nameOf))}${strange}`;
}
