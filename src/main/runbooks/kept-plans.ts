/** Plans that a person has been shown, until they are approved, or too old. */
import { randomInt } from 'node:crypto';
import type { RunPlan, StartRun } from '../../shared/runbooks/plan';
import { canonical } from './plan-hash';
import type { Prepared } from './planner';
import { refused } from './refused';

export interface KeptPlan {
  prepared: Prepared;
  plan: RunPlan;
  nowMs: number;
  /** For the second person; made when asked for. */
  code: string | null;
  wrongCodes: number;
}

/** A plan that nobody approved by then is made anew (ms). */
const PLAN_LASTS_MS = 30 * 60_000;
const MOST_PLANS = 50;
/** Six digits are not tried out. */
const MOST_WRONG_CODES = 5;

export class KeptPlans {
  private readonly plans = new Map<string, KeptPlan>();

  keep(prepared: Prepared, plan: RunPlan, nowMs: number): void {
    this.forgetOld(nowMs);
    // The same plan looked at again keeps its second person's code.
    const before = this.plans.get(plan.hash);
    this.plans.delete(plan.hash);
    const { code = null, wrongCodes = 0 } = before ?? {};
    this.plans.set(plan.hash, { prepared, plan, nowMs, code, wrongCodes });
    const [oldest] = this.plans.keys();
    if (this.plans.size > MOST_PLANS && oldest !== undefined) this.plans.delete(oldest);
  }

  /** @throws FailureError when it is not there (any more) */
  get(hash: string, nowMs: number): KeptPlan {
    this.forgetOld(nowMs);
    const kept = this.plans.get(hash);
    if (kept !== undefined) return kept;
    throw refused('The plan that was approved is not there any more.', 'Look at the plan again.');
  }

  /** Six digits that only fit this plan. @throws FailureError when there is no such plan */
  secondCode(hash: string, nowMs: number): string {
    const kept = this.get(hash, nowMs);
    kept.code ??= String(randomInt(0, 1_000_000)).padStart(6, '0');
    return kept.code;
  }

  /** It is used up: a plan runs once. */
  drop(hash: string): void {
    this.plans.delete(hash);
  }

  private forgetOld(nowMs: number): void {
    for (const [hash, { nowMs: madeAt }] of this.plans) {
      if (nowMs - madeAt > PLAN_LASTS_MS) this.plans.delete(hash);
    }
  }
}

/** @throws FailureError for whatever was not approved as the plan asks it */
export function refuseUnapproved(kept: KeptPlan, command: StartRun, operator: string): void {
  const { plan, prepared } = kept;
  const { commandId: _c, hash: _h, typed, secondPerson: _s, ...request } = command;
  if (canonical(request) !== canonical(prepared.request)) {
    throw refused(
      'What was asked for has changed since the plan was approved.',
      'Look at the plan again.',
    );
  }
  const [problem] = plan.problems;
  if (problem !== undefined) throw refused(problem, 'Mend it, then look at the plan again.');
  if (plan.approval.kind === 'type' && typed !== plan.approval.text) {
    throw refused('The name that was typed is another one.', `Type ${plan.approval.text}.`);
  }
  if (plan.secondPerson) refuseAlone(kept, command, operator);
}

function refuseAlone(kept: KeptPlan, { secondPerson }: StartRun, operator: string): void {
  const fits = secondPerson !== null && kept.code !== null && secondPerson.code === kept.code;
  if (!fits) {
    kept.wrongCodes += 1;
    if (kept.wrongCodes >= MOST_WRONG_CODES) Object.assign(kept, { code: null, wrongCodes: 0 });
    throw refused(
      'The second person’s code does not fit this plan.',
      'Let them read it out again; after five wrong ones there is a new one.',
    );
  }
  if (secondPerson.name.trim().toLowerCase() === operator.trim().toLowerCase()) {
    throw refused('The second person must be somebody else.', 'Ask a colleague.');
  }
}
