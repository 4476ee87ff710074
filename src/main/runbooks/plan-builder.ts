/** Resolves steps one by one, as far as they are known before anything has run. */
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { Runbook } from '../../shared/runbooks/runbook';
import type { Step } from '../../shared/runbooks/step';
import { classOf } from '../../shared/runbooks/step-class';
import { stepKinds, stepKindSchema } from '../../shared/runbooks/step-kinds';
import { evaluate, resolve } from '../../shared/runbooks/template';
import type { Bindings } from '../../shared/runbooks/template';
import { bare, failureOf, invalid, readAction } from './action-values';
import { knownAt, resolveKnown, rests, restsOnSteps } from './known-values';
import type { Known } from './known-values';
import type { LoadedRunbook } from './library-seams';
import type { PlannerParts } from './planner';
import type { PreparedStep, Scope } from './prepared';
import { handlerOf } from './step-seams';
import type { StepHandlers, StepPlace } from './step-seams';

/** Another runbook may run another; deeper is a mistake. */
const DEEPEST = 5;

export class PlanBuilder {
  readonly steps: PreparedStep[] = [];

  constructor(
    private readonly parts: PlannerParts,
    private readonly bindings: Bindings,
    private readonly home: { connectionId: string | null; region: string | null },
    private readonly signal: AbortSignal,
    /** Steps of the run that is undone: what they gave is known. */
    private readonly done: ReadonlySet<string>,
  ) {}

  async addAll(
    loaded: LoadedRunbook,
    steps: readonly Step[],
    scope: Scope,
    depth: number,
  ): Promise<void> {
    for (const step of steps) {
      const known = knownAt(step, scope, this.done);
      if (step.do.kind === 'runbook') await this.addRunbook(loaded, step, scope, depth, known);
      else this.steps.push(await this.one(step, scope, known));
    }
  }

  /** The steps of another runbook, in place of the step that names it. */
  private async addRunbook(
    loaded: LoadedRunbook,
    step: Step,
    scope: Scope,
    depth: number,
    known: Known,
  ): Promise<void> {
    const { do: action } = step;
    if (action.kind !== 'runbook') return;
    const inner = this.parts.sibling(loaded, action.runbook);
    const base = await this.one(step, scope, known);
    if (inner === null || depth >= DEEPEST) {
      const message =
        inner === null
          ? `There is no usable runbook ${action.runbook} beside it.`
          : 'Runbooks run one another too deeply.';
      this.steps.push({ ...base, failure: invalid(message) });
      return;
    }
    const given = action.inputs ?? {};
    const inputs = await this.innerInputs(inner.runbook, given, scope, known);
    const nested: Scope = {
      id: `${scope.id}${step.id}.`,
      runbook: inner.runbook,
      folder: inner.folder,
      inputs,
      given: { from: scope, inputs: given },
    };
    await this.addAll(inner, inner.runbook.steps, nested, depth + 1);
  }

  private async innerInputs(
    runbook: Runbook,
    given: Record<string, unknown>,
    scope: Scope,
    known: Known,
  ): Promise<Record<string, unknown>> {
    const inputs: Record<string, unknown> = {};
    for (const { name, ...input } of runbook.inputs ?? []) {
      const written = given[name] ?? ('default' in input ? input.default : undefined);
      if (restsOnSteps(written, known)) continue;
      inputs[name] = await resolve(written ?? null, this.inScope(scope));
    }
    return inputs;
  }

  private inScope(scope: Scope): Bindings {
    return { ...this.bindings, inputs: scope.inputs };
  }

  private async one(step: Step, scope: Scope, known: Known): Promise<PreparedStep> {
    const bindings = this.inScope(scope);
    const base: PreparedStep = {
      id: `${scope.id}${step.id}`,
      name: step.name ?? stepKinds[step.do.kind].label,
      kind: step.do.kind,
      class: classOf(step),
      step,
      scope,
      place: null,
      action: step.do,
      unknown: [],
      runs: 'yes',
      resource: null,
      effect: null,
      failure: null,
    };
    try {
      const runs = await this.runs(step, bindings, known);
      const { action, unknown } = await resolveKnown(step.do, bindings, known);
      const place = await this.place(step, bindings, known);
      const prepared = { ...base, runs, action, unknown, place };
      if (runs === 'no') return prepared;
      const refusal = this.refusal(prepared);
      if (refusal !== null) return { ...prepared, failure: refusal };
      return unknown.length > 0 ? this.named(prepared) : await this.looked(prepared);
    } catch (error) {
      return { ...base, failure: failureOf(error) };
    }
  }

  private async runs(step: Step, bindings: Bindings, known: Known): Promise<PreparedStep['runs']> {
    if (step.if === undefined) return 'yes';
    const expression = bare(step.if);
    if (rests(expression, known)) return 'unknown';
    return (await evaluate(expression, bindings, 'if')) === true ? 'yes' : 'no';
  }

  private async place(step: Step, bindings: Bindings, known: Known): Promise<StepPlace | null> {
    if (!needsPlace(step.do)) return null;
    if (restsOnSteps([step.connection, step.region], known)) {
      throw new FailureError(invalid('Its connection and region must be known before it runs.'));
    }
    const wanted = await resolve(step.connection ?? this.home.connectionId, bindings, 'connection');
    const region = await resolve(step.region ?? this.home.region, bindings, 'region');
    const connection = typeof wanted === 'string' ? this.parts.connection(wanted) : null;
    if (connection === null) throw new FailureError(invalid('Choose a connection for it.'));
    if (typeof region !== 'string' || region === '') {
      throw new FailureError(invalid('Choose a region for it.'));
    }
    return { connectionId: connection.id, region, accountId: connection.accountId };
  }

  private refusal({ place, kind, class: does }: PreparedStep): Failure | null {
    if (place === null || does === 'reads') return null;
    const connection = this.parts.connection(place.connectionId);
    if (connection === null || !connection.readOnly) return null;
    return {
      kind: 'read-only',
      connectionId: connection.id,
      operation: `runbook.${kind}`,
      message: `${connection.label} is read-only, so this step cannot run there.`,
      advice: 'Allow changes for this connection in the settings first.',
    };
  }

  /** What is named although other values are not known yet. */
  private named(prepared: PreparedStep): PreparedStep {
    const resource = resourceOf(this.parts.handlers, prepared);
    return { ...prepared, resource };
  }

  private async looked(prepared: PreparedStep): Promise<PreparedStep> {
    const action = readAction(prepared.action);
    const handler = handlerOf(this.parts.handlers, action.kind);
    const { place } = prepared;
    const resource = handler?.resource(action) ?? null;
    const reads = place === null ? null : this.parts.reads(place.connectionId, place.region);
    const context = { place, reads, clock: this.parts.clock, signal: this.signal };
    const effect = (await handler?.effect(action, context)) ?? null;
    return { ...prepared, action, resource, effect };
  }
}

/** Only a clock is asked for a time. */
const needsPlace = (action: Step['do']): boolean =>
  stepKinds[action.kind].onAws && !(action.kind === 'wait-for' && action.time !== undefined);

function resourceOf(handlers: StepHandlers, { action, unknown }: PreparedStep): string | null {
  const parsed = stepKindSchema.safeParse(action);
  if (!parsed.success) return null;
  const resource = handlerOf(handlers, parsed.data.kind)?.resource(parsed.data) ?? null;
  // A name with an expression in it is not known yet.
  return resource !== null && unknown.length > 0 && resource.includes('{%') ? null : resource;
}
