/** Sets what a table or one of its indexes is given, and follows it until that is so. What it was is in the output. */
import type { TableDescription, UpdateTableInput } from '@aws-sdk/client-dynamodb';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { numberIn } from '../../action-values';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { failed, follow, readsOf, refusedValue, shortName } from './common';
import { capacityOf, findTable, isOnDemand } from './tables';
import type { Capacity } from './tables';

type Action = ActionOf<'dynamodb-capacity'>;

const LIMIT_MS = 20 * 60_000;

interface Wanted {
  table: TableDescription;
  before: Capacity;
  readUnits: number;
  writeUnits: number;
}

export const dynamodbCapacity: ChangeHandler<'dynamodb-capacity'> = {
  kind: 'dynamodb-capacity',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ table, index }) =>
    index === undefined ? shortName(table) : `${shortName(table)}/${index}`,
  async effect(action, context) {
    return effectWords(await lookAt(action, readsOf(context), context.signal));
  },
  async run(action, context, changes) {
    const { reads, signal, tell } = context;
    const wanted = await lookAt(action, reads, signal);
    const { before, readUnits, writeUnits } = wanted;
    const changed = before.readUnits !== readUnits || before.writeUnits !== writeUnits;
    const output = jsonOutput({
      table: shortName(action.table),
      index: action.index ?? null,
      before,
      readUnits,
      writeUnits,
      changed,
    });
    if (!changed) return output;
    tell(`Asking DynamoDB: ${effectWords(wanted)}`);
    await changes.updateTable(inputOf(action, wanted), signal);
    const look = async () => {
      const now = await findTable(reads, action.table, signal);
      const is = capacityOf(now, action.index);
      const ready = statusOf(now, action.index) === 'ACTIVE';
      const done = ready && is.readUnits === readUnits && is.writeUnits === writeUnits;
      const words = `read ${is.readUnits ?? '?'}, write ${is.writeUnits ?? '?'} units`;
      return {
        words: done ? `Done: ${words}` : `${words}, the table is being updated`,
        done: done ? output : null,
      };
    };
    return follow(
      context,
      look,
      async () =>
        'DynamoDB goes on: it was asked and cannot forget it. It is not followed any more.',
    );
  },
};

const statusOf = (table: TableDescription, index: string | undefined): string | undefined =>
  index === undefined
    ? table.TableStatus
    : table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index)?.IndexStatus;

async function lookAt(action: Action, reads: RunbookReads, signal: AbortSignal): Promise<Wanted> {
  const readUnits = unitsIn(action.readUnits, 'readUnits');
  const writeUnits = unitsIn(action.writeUnits, 'writeUnits');
  const table = await findTable(reads, action.table, signal);
  const name = shortName(action.table);
  if (isOnDemand(table)) {
    throw failed(
      `${name} is paid by the request: there is no capacity to set.`,
      'Leave this step out.',
      'invalid',
    );
  }
  if (action.index !== undefined && statusOf(table, action.index) === undefined) {
    throw failed(`${name} has no index ${action.index}.`, 'Check its name.', 'not-found');
  }
  return { table, before: capacityOf(table, action.index), readUnits, writeUnits };
}

function unitsIn(value: number | string, field: string): number {
  const units = numberIn(value, field);
  if (Number.isInteger(units) && units >= 1) return units;
  throw refusedValue(`${field}: a whole number from 1 on is wanted.`);
}

function inputOf({ table, index }: Action, { readUnits, writeUnits }: Wanted): UpdateTableInput {
  const given = { ReadCapacityUnits: readUnits, WriteCapacityUnits: writeUnits };
  if (index === undefined) return { TableName: table, ProvisionedThroughput: given };
  const Update = { IndexName: index, ProvisionedThroughput: given };
  return { TableName: table, GlobalSecondaryIndexUpdates: [{ Update }] };
}

function effectWords({ table, before, readUnits, writeUnits }: Wanted): string {
  const change = (name: string, from: number | null, to: number): string =>
    from === to ? `${name} stays ${to}` : `${name} ${from ?? '?'} → ${to}`;
  const words = `${change('read', before.readUnits, readUnits)}, ${change('write', before.writeUnits, writeUnits)} units`;
  const lower = readUnits < (before.readUnits ?? 0) || writeUnits < (before.writeUnits ?? 0);
  const decreases = table.ProvisionedThroughput?.NumberOfDecreasesToday ?? 0;
  // AWS allows a few a day only.
  return lower && decreases > 0 ? `${words}; lowered ${decreases} times today already` : words;
}
