/** Completion for the editor. */
import { pickedCompletion, startCompletion } from '@codemirror/autocomplete';
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { safeText } from '../../ui/safe-text';
import { suggest } from './complete';
import type { Suggestion } from './complete';

export function completeRunbook(context: CompletionContext): CompletionResult | null {
  // Asked for, or after a letter, a `$`, a dot, or the space behind a field's name.
  if (!context.explicit && context.matchBefore(/[\w$.-]$|[:-] $/) === null) return null;
  const found = suggest(context.state.doc.toString(), context.pos);
  if (found === null) return null;
  return { from: found.from, validFor: /^\$?[\w.-]*$/, options: found.list.map(optionOf) };
}

function optionOf({ label, detail, help, apply, rank, more }: Suggestion): Completion {
  return {
    label,
    displayLabel: safeText(label).slice(0, 80),
    boost: rank,
    ...(detail !== '' && { detail }),
    ...(help !== '' && { info: help }),
    apply: (view, completion, from, to) => {
      const behind = view.state.doc.sliceString(to, to + 1);
      // Its colon is there already.
      const insert = behind === ':' ? label : apply;
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        userEvent: 'input.complete',
        annotations: pickedCompletion.of(completion),
      });
      if (more && behind !== ':') startCompletion(view);
    },
  };
}
