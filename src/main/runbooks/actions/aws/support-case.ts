/** Opens a case with AWS Support, where the account's plan lets that be done by API. */
import { FailureError } from '../../../../shared/failure';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { failed, readsOf, refusedValue } from './common';

type Action = ActionOf<'support-case'>;

const LIMIT_MS = 60_000;
/** https://docs.aws.amazon.com/awssupport/latest/APIReference/API_CreateCase.html */
const LONGEST_BODY = 8_000;

export const supportCase: ChangeHandler<'support-case'> = {
  kind: 'support-case',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: () => null,
  async effect(action, context) {
    const severity = await severityOf(action, readsOf(context), context.signal);
    return `opens a case of the severity ${severity}`;
  },
  async run(action, { reads, signal }, changes) {
    const { subject, body, service, category } = action;
    const severity = await severityOf(action, reads, signal);
    const { caseId } = await changes.createCase(
      {
        subject,
        communicationBody: body,
        severityCode: severity,
        issueType: 'technical',
        language: 'en',
        ...(service === undefined ? {} : { serviceCode: service }),
        ...(category === undefined ? {} : { categoryCode: category }),
      },
      signal,
    );
    return jsonOutput({ caseId: caseId ?? null, severity });
  },
};

/** The one that is asked for, if the account's plan has it. */
async function severityOf(
  { body, severity = 'normal' }: Action,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<string> {
  if (body.length > LONGEST_BODY) throw refusedValue('body: 8,000 characters at most.');
  const levels = await levelsOf(reads, signal);
  if (levels.length === 0 || levels.includes(severity)) return severity;
  throw refusedValue(`severity: this account’s plan has ${levels.join(', ')}.`);
}

async function levelsOf(reads: RunbookReads, signal: AbortSignal): Promise<string[]> {
  try {
    const { severityLevels = [] } = await reads.severityLevels(signal);
    return severityLevels.flatMap(({ code }) => code ?? []);
  } catch (error) {
    if (!(error instanceof FailureError) || !/subscription/i.test(error.failure.message))
      throw error;
    throw failed(
      'This account’s support plan has no cases by API.',
      'Open the case in the AWS console, or leave this step out.',
      'denied',
    );
  }
}
