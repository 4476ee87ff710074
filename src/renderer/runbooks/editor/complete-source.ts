/** Completion for the editor. */
import { completeAnyWord } from '@codemirror/autocomplete';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';

export const completeRunbook = (
  context: CompletionContext,
): CompletionResult | null | Promise<CompletionResult | null> => completeAnyWord(context);
