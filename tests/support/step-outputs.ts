/** Holds what a handler gave to what is said of its kind. */
import { expect } from 'vitest';
import { valueOf } from '../../src/main/runbooks/run-values';
import { anyHandler } from '../../src/main/runbooks/step-seams';
import type { AnyHandler, StepHandler } from '../../src/main/runbooks/step-seams';
import type { StepOutput } from '../../src/shared/runbooks/run';
import { outputShape } from '../../src/shared/runbooks/step-outputs';
import type { StepAction, StepKind } from '../../src/shared/runbooks/step-kinds';

/** Throws where it is not so. */
export function expectShape(action: StepAction, output: StepOutput): void {
  const shape = outputShape(action);
  const value = valueOf(output);
  switch (shape?.kind) {
    case 'text':
      expect(output.kind, action.kind).toBe('text');
      break;
    case 'rows':
      expect(output.kind, action.kind).toBe('table');
      if (shape.columns !== null) {
        expect(Object(value).columns, action.kind).toEqual(shape.columns);
      }
      break;
    case 'fields': {
      const names = Object.keys(Object(value));
      const { fields, sometimes } = shape;
      expect(names, action.kind).toEqual(expect.arrayContaining([...fields]));
      const known = new Set([...fields, ...sometimes]);
      expect(
        names.filter((name) => !known.has(name)),
        action.kind,
      ).toEqual([]);
      break;
    }
    default:
      throw new Error(`nothing is said of what ${action.kind} gives`);
  }
}

/** A handler whose every output is held to that. */
export function shapedHandler<K extends StepKind>(handler: StepHandler<K>): AnyHandler {
  const own = anyHandler(handler);
  return {
    ...own,
    run: async (action, context, changes) => {
      const output = await own.run(action, context, changes);
      expectShape(action, output);
      return output;
    },
  };
}
