/** Resolves steps one by one, as far as they are known before anything has run. */
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { Runbook } from '../../shared/runbooks/runbook';
import type { Step } from '../../shared/runbooks/step';
import { classOf, highest } from '../../shared/runbooks/step-class';
import { stepKinds, stepKindSchema } from '../../shared/runbooks/step-kinds';
import { evaluate, resolve } from '../../shared/runbooks/template';
import type { Bindings } from '../../shared/runbooks/template';
import { bare, failureOf, invalid, readAction } from './action-values';
import { knownAt, resolveKnown, rests, restsOnSteps } from './known-values';
import type { Known } from './known-values';
import { passedValue } from './inputs';
import { elementsOf } from './for-each';
import type { LoadedRunbook } from './library-seams';
import type { PlannerParts } from './planner';
import type { PreparedStep, Scope } from './prepared';
import { handlerOf } from './step-seams';
import type { ApprovedFile, StepHandlers, StepPlace } from './step-seams';

/** Another runbook may run another; deeper is a mistake. */
const DEEPEST = 5;
/** Altogether. */
const MOST_STEPS = 500;

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

  /** Texts of the other runbooks whose steps are here. */
  readonly sources: string[] = [];
  /** Values of their secret inputs. */
  readonly secrets: string[] = [];
  secondPerson = false;

  async addAll(
    loaded: LoadedRunbook,
    steps: readonly Step[],
    scope: Scope,
    depth: number,
    guards: readonly PreparedStep[],
  ): Promise<void> {
    for (const step of steps) {
      const known = knownAt(step, scope, this.done);
      const prepared = guarded(await this.one(step, scope, known), guards);
      if (step.do.kind === 'runbook') await this.addRunbook(loaded, prepared, known, depth);
      else this.steps.push(prepared);
    }
  }

  /** The steps of another runbook, in place of the step that names it. */
  private async addRunbook(
    loaded: LoadedRunbook,
    outer: PreparedStep,
    known: Known,
    depth: number,
  ): Promise<void> {
    const { do: action } = outer.step;
    if (action.kind !== 'runbook') return;
    if (outer.runs === 'no' || outer.failure !== null) return void this.steps.push(outer);
    const inner = this.parts.sibling(loaded, action.runbook);
    try {
      if (inner === null) {
        throw new FailureError(invalid(`There is no usable runbook ${action.runbook} beside it.`));
      }
      if (depth >= DEEPEST) {
        throw new FailureError(invalid('Runbooks run one another too deeply.'));
      }
      if (this.steps.length + inner.runbook.steps.length > MOST_STEPS) {
        throw new FailureError(invalid(`Together they have more than ${MOST_STEPS} steps.`));
      }
      const given = action.inputs ?? {};
      const nested: Scope = {
        id: `${outer.id}.`,
        runbook: inner.runbook,
        folder: inner.folder,
        inputs: await this.innerInputs(inner.runbook, given, outer.scope, known),
        given: { from: outer.scope, inputs: given },
      };
      this.sources.push(inner.source);
      if (inner.runbook.approval === 'second-person') this.secondPerson = true;
      const guards = outer.runs === 'unknown' ? [...outer.guards, outer] : outer.guards;
      const from = this.steps.length;
      await this.addAll(inner, inner.runbook.steps, nested, depth + 1, guards);
      // The step that names them may say that they do more.
      for (const step of this.steps.slice(from)) step.class = highest([step.class, outer.class]);
    } catch (error) {
      this.steps.push({ ...outer, failure: failureOf(error) });
    }
  }

  private async innerInputs(
    runbook: Runbook,
    given: Record<string, unknown>,
    scope: Scope,
    known: Known,
  ): Promise<Record<string, unknown>> {
    const inputs: Record<string, unknown> = {};
    for (const name of Object.keys(given)) {
      if ((runbook.inputs ?? []).some((input) => input.name === name)) continue;
      throw new FailureError(invalid(`${runbook.name} has no input called ${name}.`));
    }
    for (const input of runbook.inputs ?? []) {
      const { name } = input;
      const own = Object.hasOwn(given, name) ? given[name] : undefined;
      // A default looks at the alarm alone, never at the steps of another file.
      const written = own ?? ('default' in input ? input.default : undefined);
      if (own !== undefined && restsOnSteps(own, known)) {
        if (input.type !== 'secret') continue;
        throw new FailureError(invalid(`${name}: a secret must be known before anything runs.`));
      }
      const value = passedValue(input, await resolve(written ?? null, this.inScope(scope)));
      if (input.type === 'secret' && typeof value === 'string') this.secrets.push(value);
      inputs[name] = value;
    }
    return inputs;
  }

  /** Only the outermost runbook sees what the run gave that it undoes. */
  private inScope(scope: Scope): Bindings {
    const steps = scope.id === '' ? this.bindings.steps : {};
    return { ...this.bindings, steps, inputs: scope.inputs };
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
      elements: null,
      guards: [],
      resource: null,
      effect: null,
      files: [],
      failure: null,
    };
    try {
      const runs = await this.runs(step, bindings, known);
      const { action, unknown } = await resolveKnown(step.do, bindings, known);
      const place = await this.place(step, bindings, known);
      const elements = runs === 'yes' ? await this.elements(step, bindings, known) : null;
      const prepared = { ...base, runs, elements, action, unknown, place };
      if (runs === 'no') return prepared;
      const refusal = await this.refusal(prepared);
      if (refusal !== null) return { ...prepared, failure: refusal };
      const filed = { ...prepared, files: await this.files(prepared) };
      return unknown.length > 0 ? this.named(filed) : await this.looked(filed);
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

  /** Of a condition that is met only later a list may rest on, too: then it is worked out when the step runs. */
  private async elements(step: Step, bindings: Bindings, known: Known): Promise<unknown[] | null> {
    if (step.forEach === undefined || rests(bare(step.forEach), known)) return null;
    return elementsOf(await evaluate(bare(step.forEach), bindings, 'forEach'));
  }

  private async place(step: Step, bindings: Bindings, known: Known): Promise<StepPlace | null> {
    if (!needsPlace(step.do)) return null;
    if (restsOnSteps([step.connection, step.region], known)) {
      throw new FailureError(invalid('Its connection and region must be known before it runs.'));
    }
    const wanted = await resolve(step.connection ?? this.home.connectionId, bindings, 'connection');
    const region = await resolve(step.region ?? this.home.region, bindings, 'region');
    const connection =
      typeof wanted === 'string' ? await this.parts.connection(wanted, this.signal) : null;
    if (connection === null) throw new FailureError(invalid('Choose a connection for it.'));
    if (typeof region !== 'string' || region === '') {
      throw new FailureError(invalid('Choose a region for it.'));
    }
    return { connectionId: connection.id, region, accountId: connection.accountId };
  }

  private async refusal({ place, kind, class: does }: PreparedStep): Promise<Failure | null> {
    if (place === null || does === 'reads') return null;
    const connection = await this.parts.connection(place.connectionId, this.signal);
    if (connection === null || !connection.readOnly) return null;
    return {
      kind: 'read-only',
      connectionId: connection.id,
      operation: `runbook.${kind}`,
      message: `${connection.label} is read-only, so this step cannot run there.`,
      advice: 'Allow changes for this connection in the settings first.',
    };
  }

  /** What it runs lies beside the runbook: its content is approved too. */
  private async files({ action, unknown, scope }: PreparedStep): Promise<ApprovedFile[]> {
    const parsed = stepKindSchema.safeParse(action);
    if (!parsed.success) return [];
    if (parsed.data.kind === 'script' && unknown.includes('command[0]')) {
      throw new FailureError(invalid('The program that it runs must be known before it runs.'));
    }
    const handler = handlerOf(this.parts.handlers, parsed.data.kind);
    return (await handler?.files?.(parsed.data, scope.folder, this.signal)) ?? [];
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

/** Steps of a runbook that perhaps does not run perhaps do not run. */
function guarded(step: PreparedStep, guards: readonly PreparedStep[]): PreparedStep {
  const runs = guards.length > 0 && step.runs === 'yes' ? 'unknown' : step.runs;
  return { ...step, runs, guards };
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
