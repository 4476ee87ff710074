/** Reboots a database, or fails it over to its standby, and follows it until it is available again. */
import type { DBInstance } from '@aws-sdk/client-rds';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { flagIn } from '../../action-values';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { failed, follow, readsOf, shortName } from './common';
import { findDatabase } from './databases';

type Action = ActionOf<'rds-reboot'>;

const LIMIT_MS = 30 * 60_000;
const READY = 'available';
/** RDS may say for so long that it is available before the reboot begins. */
const BEGINS_MS = 30_000;

export const rdsReboot: ChangeHandler<'rds-reboot'> = {
  kind: 'rds-reboot',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ instance }) => shortName(instance),
  async effect(action, context) {
    return effectWords(action, await ready(action, readsOf(context), context.signal));
  },
  async run(action, context, changes) {
    const { reads, signal, tell, clock } = context;
    const before = await ready(action, reads, signal);
    tell(`Asking RDS: ${effectWords(action, before)}`);
    const failover = flagIn(action.failover, 'failover');
    const { DBInstance: asked } = await changes.rebootDatabase(
      { DBInstanceIdentifier: shortName(action.instance), ForceFailover: failover },
      signal,
    );
    const began = clock.now();
    let wasAway = asked?.DBInstanceStatus !== undefined && asked.DBInstanceStatus !== READY;
    const look = async () => {
      const now = await findDatabase(reads, action.instance, signal);
      const status = now.DBInstanceStatus ?? 'not known';
      if (/^(failed|incompatible-|inaccessible-|storage-full|restore-error)/.test(status)) {
        throw failed(`${shortName(action.instance)} is ${status} after the reboot.`);
      }
      wasAway ||= status !== READY;
      const seconds = Math.round((clock.now() - began) / 1_000);
      const done = status === READY && (wasAway || seconds * 1_000 >= BEGINS_MS);
      if (!done) return { words: `${status} for ${seconds} s`, done: null };
      const output = jsonOutput({
        instance: shortName(action.instance),
        failover,
        status,
        before: { zone: before.AvailabilityZone ?? null },
        zone: now.AvailabilityZone ?? null,
        seconds,
      });
      return { words: `Available again after ${seconds} s`, done: output };
    };
    return follow(
      context,
      look,
      async () => 'The reboot goes on: RDS cannot stop one. It is not followed any more.',
    );
  },
};

/** @throws FailureError when it could not be rebooted so */
async function ready(
  action: Action,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<DBInstance> {
  const found = await findDatabase(reads, action.instance, signal);
  const name = shortName(action.instance);
  if (found.DBInstanceStatus !== READY) {
    throw failed(
      `${name} is ${found.DBInstanceStatus ?? 'in a state that is not known'}: only one that is available can be rebooted.`,
      'Wait until it is available.',
    );
  }
  if (!flagIn(action.failover, 'failover')) return found;
  if (found.DBClusterIdentifier !== undefined) {
    throw failed(
      `${name} is of the cluster ${found.DBClusterIdentifier}, which fails over as a whole.`,
      'Fail the cluster over in the AWS console.',
      'invalid',
    );
  }
  if (found.MultiAZ === true) return found;
  throw failed(`${name} has no standby to fail over to.`, 'Reboot it without failover.', 'invalid');
}

function effectWords(action: Action, found: DBInstance): string {
  if (!flagIn(action.failover, 'failover')) {
    return 'reboots in its place: every connection is cut, and it is away for a minute or more';
  }
  const { AvailabilityZone: from = '?', SecondaryAvailabilityZone: to = 'its standby' } = found;
  return `fails over ${from} → ${to}: every connection is cut, and it is away for a minute or two`;
}
