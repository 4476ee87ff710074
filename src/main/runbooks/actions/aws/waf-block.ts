/** Adds addresses to an IP set of WAF, or takes them out. What the set held before is in the output. */
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { flagIn, namesIn } from '../../action-values';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { rangeOf, rangeWords, sameAs } from './addresses';
import type { Range } from './addresses';
import { counted, failed, notFound, readsOf, refusedValue, shortName } from './common';

type Action = ActionOf<'waf-block'>;
type Scope = NonNullable<Action['scope']>;

const LIMIT_MS = 60_000;
const MAX_PAGES = 20;
/** Somebody else may write the set at the same time, but not again and again. */
const TRIES = 5;
const MOST_ADDRESSES = 10_000;

interface Found {
  name: string;
  id: string;
  scope: Scope;
  lockToken: string;
  description: string | undefined;
  addresses: string[];
  /** What of the step is not so yet. */
  changing: Range[];
  after: string[];
}

export const wafBlock: ChangeHandler<'waf-block'> = {
  kind: 'waf-block',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ ipSet }) => setName(ipSet),
  async effect(action, context) {
    return effectWords(action, await lookAt(action, readsOf(context), context.signal));
  },
  async run(action, { reads, signal, tell }, changes) {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const found = await lookAt(action, reads, signal);
      tell(effectWords(action, found));
      const done =
        found.changing.length === 0 || (await changes.updateIpSet(inputOf(found), signal));
      if (done) return outputOf(action, found);
      tell('Somebody else changed the set meanwhile: looking again');
    }
    throw failed(
      `Others changed ${setName(action.ipSet)} ${TRIES} times while it was to be written.`,
      'Find out what writes it, then try again.',
    );
  },
};

/** The name in an ARN stands before its id. */
const setName = (reference: string): string =>
  reference.startsWith('arn:') ? (reference.split('/').at(-2) ?? reference) : reference;

async function lookAt(action: Action, reads: RunbookReads, signal: AbortSignal): Promise<Found> {
  const ranges = namesIn(action.addresses, 'addresses').map(rangeOf);
  const remove = flagIn(action.remove, 'remove');
  const scope = action.scope ?? 'REGIONAL';
  const { name, id } = await findSet(action.ipSet, scope, reads, signal);
  const answer = await reads.getIpSet({ Name: name, Id: id, Scope: scope }, signal);
  const { Addresses: addresses = [], IPAddressVersion, Description } = answer.IPSet ?? {};
  const version = IPAddressVersion === 'IPV6' ? 6 : 4;
  const wrong = ranges.find((one) => one.version !== version);
  if (wrong !== undefined) {
    throw refusedValue(
      `addresses: ${name} holds addresses of IPv${version}, and ${wrong.cidr} is none.`,
    );
  }
  const held = new Set(addresses.map(sameAs));
  const unique = [...new Map(ranges.map((one) => [one.cidr, one])).values()];
  const changing = unique.filter(({ cidr }) => held.has(cidr) === remove);
  const going = new Set(changing.map(({ cidr }) => cidr));
  const after = remove
    ? addresses.filter((one) => !going.has(sameAs(one)))
    : [...addresses, ...going];
  if (after.length > MOST_ADDRESSES) {
    throw refusedValue(`addresses: an IP set holds ${counted(MOST_ADDRESSES, 'range')} at most.`);
  }
  const lockToken = answer.LockToken ?? '';
  return { name, id, scope, lockToken, description: Description, addresses, changing, after };
}

async function findSet(
  reference: string,
  scope: Scope,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<{ name: string; id: string }> {
  let NextMarker: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reads.listIpSets({ Scope: scope, Limit: 100, NextMarker }, signal);
    for (const { Name, Id, ARN } of answer.IPSets ?? []) {
      if (Name === undefined || Id === undefined) continue;
      if (Name === reference || Id === reference || ARN === reference)
        return { name: Name, id: Id };
    }
    NextMarker = answer.NextMarker;
    if (NextMarker === undefined || NextMarker === '') break;
  }
  throw notFound(`IP set ${shortName(reference)} (${scope.toLowerCase()})`, reads);
}

const inputOf = ({ name, id, scope, lockToken, description, after }: Found) => ({
  Name: name,
  Id: id,
  Scope: scope,
  LockToken: lockToken,
  Addresses: after,
  // What is not said here is taken away from the set.
  ...(description === undefined || description === '' ? {} : { Description: description }),
});

function outputOf(action: Action, { name, scope, addresses, changing, after }: Found) {
  const changed = changing.map(({ cidr }) => cidr);
  const remove = flagIn(action.remove, 'remove');
  return jsonOutput({
    ipSet: name,
    scope,
    before: addresses,
    addresses: after,
    /** What undoing has to take back. */
    added: remove ? [] : changed,
    removed: remove ? changed : [],
  });
}

function effectWords(action: Action, { name, addresses, changing, after }: Found): string {
  const remove = flagIn(action.remove, 'remove');
  if (changing.length === 0) {
    return remove ? `${name} holds none of them` : `${name} holds all of them already`;
  }
  const verb = remove ? 'takes out' : 'adds';
  return `${verb} ${changing.map(rangeWords).join(', ')}; ${name} holds ${addresses.length} → ${counted(after.length, 'range')}`;
}
