/** What the window may ask about runbooks. */
import { z } from 'zod';
import { returns } from '../request';
import type { OpenRequest } from './open-target';
import type { RunbookEntry, RunbookListing, RunbookProblem } from './listing';
import { planRequestSchema, startRunSchema } from './plan';
import type { RunPlan } from './plan';
import { runActionSchema } from './run';
import type { RunState } from './run';
import { inputSources } from './runbook';
import type { StepClass } from './step';

/** The text of a runbook's file, as it lies on disk. */
export interface RunbookSource {
  text: string;
  path: string;
  /** The starter set is part of the application: it can be copied, not changed. */
  writable: boolean;
  /** SHA-256 of the text, hex: a later save names what it replaces. */
  sha256: string;
}

export interface RunbookCheck {
  problems: RunbookProblem[];
  name: string | null;
  class: StepClass | null;
}

export const reportFormats = ['markdown', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

const id = z.string().min(1).max(300);
const requestId = z.string().regex(/^[a-zA-Z0-9-]{1,64}$/);
const text = z.string().max(512 * 1_024);
const runId = z.string().min(1).max(64);
const report = z.strictObject({ runId, format: z.enum(reportFormats) });

/** An argument schema and the type of its result, for each name. */
export const runbookRequests = {
  'runbooks.list': returns<RunbookListing>()(z.undefined()),
  'runbooks.source': returns<RunbookSource>()(id),
  /** What can be chosen for an input: names, the account's own. */
  'runbooks.choices': returns<string[]>()(
    z.strictObject({
      from: z.enum(inputSources),
      prefix: z.string().max(300),
      connectionId: z.string().min(1).max(200),
      region: z.string().min(1).max(64),
      requestId,
    }),
  ),
  /** Looks, changes nothing. */
  'runbooks.plan': returns<RunPlan>()(z.strictObject({ request: planRequestSchema, requestId })),
  'runbooks.start': returns<RunState>()(startRunSchema),
  'runbooks.act': returns<RunState>()(runActionSchema),
  /** Newest first, without the steps' outputs. */
  'runbooks.runs': returns<RunState[]>()(z.undefined()),
  'runbooks.run': returns<RunState>()(runId),
  'runbooks.report': returns<string>()(report),
  /** Asks where; null when the dialog was closed. */
  'runbooks.saveReport': returns<string | null>()(report),
  /** Asks which folder. */
  'runbooks.addFolder': returns<RunbookListing>()(z.undefined()),
  'runbooks.removeFolder': returns<RunbookListing>()(z.string().max(4_096)),
  'runbooks.check': returns<RunbookCheck>()(text),
  'runbooks.save': returns<RunbookEntry>()(
    z.strictObject({
      folder: z.string().max(4_096),
      fileName: z.string().regex(/^[\w][\w .-]{0,100}\.ya?ml$/, 'a file name that ends in .yaml'),
      text,
      /** SHA-256 of what is replaced; null: there must be no such file. */
      replaces: z.string().nullable(),
    }),
  ),
  /** A code a second person reads out, good for this plan alone. */
  'runbooks.secondCode': returns<string>()(z.string().regex(/^[0-9a-f]{64}$/)),
} as const;

export interface RunbookPushes {
  'runbooks.changed': RunbookListing;
  'runbooks.running': RunState;
  /** A step of a run that a person started asks for something to be shown. */
  'runbooks.open': OpenRequest;
}
