/** Points an alias to a version, or to the one before what it points to. */
import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { chosenOnce } from './chosen';
import { failed, orMissing, readsOf, shortName } from './common';

type Action = ActionOf<'lambda-alias'>;

const LIMIT_MS = 60_000;
/** Of 50 versions each. */
const MAX_PAGES = 200;

export const lambdaAlias: ChangeHandler<'lambda-alias'> = {
  kind: 'lambda-alias',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ function: name, alias }) => `${shortName(name)}:${alias}`,
  async effect(action, context) {
    const reads = readsOf(context);
    const alias = await aliasOf(action, reads, context.signal);
    return effectWords(alias, await targetOf(action, alias, reads, context.signal));
  },
  async run(action, context, changes) {
    const { reads, signal, tell, token } = context;
    const alias = await aliasOf(action, reads, signal);
    const version = await chosenOnce(token, () => targetOf(action, alias, reads, signal));
    tell(`Asking Lambda: ${effectWords(alias, version)}`);
    const changed = alias.FunctionVersion !== version || newestOf(alias) !== null;
    if (changed) {
      await changes.updateAlias(
        {
          ...named(action),
          FunctionVersion: version,
          // All of the traffic, and only while nobody else has changed the alias since it was looked at.
          RoutingConfig: { AdditionalVersionWeights: {} },
          ...(alias.RevisionId === undefined ? {} : { RevisionId: alias.RevisionId }),
        },
        signal,
      );
    }
    return jsonOutput({
      function: shortName(action.function),
      alias: action.alias,
      before: alias.FunctionVersion ?? null,
      weightsBefore: weightsOf(alias),
      version,
      changed,
    });
  },
};

const named = ({ function: FunctionName, alias: Name }: Action) => ({ FunctionName, Name });

const aliasOf = (action: Action, reads: RunbookReads, signal: AbortSignal) =>
  orMissing(`alias ${shortName(action.function)}:${action.alias}`, reads, () =>
    reads.getAlias(named(action), signal),
  );

const weightsOf = ({ RoutingConfig }: AliasConfiguration): Record<string, number> =>
  RoutingConfig?.AdditionalVersionWeights ?? {};

/** The newest of several versions that share the traffic; null where one has all of it. */
function newestOf(alias: AliasConfiguration): number | null {
  const others = Object.keys(weightsOf(alias)).map(Number);
  if (others.length === 0) return null;
  return Math.max(...others, Number(alias.FunctionVersion));
}

async function targetOf(
  action: Action,
  alias: AliasConfiguration,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<string> {
  const { version } = action;
  if (version !== 'previous') {
    // Rejects for one that is not there.
    await orMissing(`version ${version} of ${shortName(action.function)}`, reads, () =>
      reads.getFunction({ FunctionName: action.function, Qualifier: version }, signal),
    );
    return version;
  }
  const versions = await versionsOf(action.function, reads, signal);
  const target = previousOf(alias, versions);
  if (target !== null) return String(target);
  throw failed(
    `${shortName(action.function)} has no version before ${alias.FunctionVersion ?? 'the one it points to'}.`,
    'Give the version by its number.',
    'not-found',
  );
}

/**
 * While versions share the traffic, the older of them: the newer one is being rolled out. Otherwise the one that the
 * alias' description names as the previous one, or the highest below the current one.
 */
export function previousOf(
  alias: Pick<AliasConfiguration, 'FunctionVersion' | 'Description' | 'RoutingConfig'>,
  versions: readonly number[],
): number | null {
  const newest = newestOf(alias);
  const current = newest ?? Number(alias.FunctionVersion);
  const sharing = [...Object.keys(weightsOf(alias)), alias.FunctionVersion].map(Number);
  const older = newest === null ? [] : sharing.filter((one) => one < newest);
  if (older.length > 0) return Math.max(...older);
  const said = /\bprevious(?:\s+version)?\s*(?:[:=]|is|was)?\s*(\d+)\b/i.exec(
    alias.Description ?? '',
  );
  const named = Number(said?.[1]);
  if (named !== current && versions.includes(named)) return named;
  // `$LATEST` comes after every version that was published.
  const below = versions.filter((one) => !(one >= current));
  return below.length === 0 ? null : Math.max(...below);
}

async function versionsOf(
  name: string,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<number[]> {
  const versions: number[] = [];
  let Marker: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reads.listVersions({ FunctionName: name, Marker }, signal);
    for (const { Version } of answer.Versions ?? []) {
      if (/^\d+$/.test(Version ?? '')) versions.push(Number(Version));
    }
    Marker = answer.NextMarker;
    if (Marker === undefined || Marker === '') return versions;
  }
  throw failed(
    `${shortName(name)} has too many versions to look through.`,
    'Give the version by its number.',
  );
}

function effectWords(alias: AliasConfiguration, to: string): string {
  const shared = Object.entries(weightsOf(alias)).map(
    ([version, weight]) => `${Math.round(weight * 100)} % to version ${version}`,
  );
  const from = alias.FunctionVersion ?? '?';
  if (shared.length > 0) return `version ${from} with ${shared.join(', ')} → all to version ${to}`;
  return from === to ? `stays at version ${to}` : `version ${from} → ${to}`;
}
