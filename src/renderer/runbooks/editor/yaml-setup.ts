/** How the text of a runbook is edited: YAML with line numbers, folding, completion and marks at mistakes. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import type { EditorState, Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  scrollPastEnd,
  tooltips,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { RunbookProblem } from '../../../shared/runbooks/listing';
import { mathTheme } from '../../metrics/math-language';
import { safeText } from '../../ui/safe-text';
import { completeRunbook } from './complete-source';

/** Names, texts and the rest: two quiet tones, so that colour keeps meaning severity or state. */
const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--nd-info-text)' },
  { tag: [tags.string, tags.content, tags.attributeValue], color: 'var(--nd-text)' },
  { tag: [tags.keyword, tags.bool, tags.number], color: 'var(--nd-text)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--nd-faint)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket], color: 'var(--nd-dim)' },
  { tag: [tags.brace, tags.meta, tags.labelName], color: 'var(--nd-dim)' },
]);

const theme = EditorView.theme({
  // The editor alone: what holds its tooltips has the theme's class too, and would be as high as the window.
  '&.cm-editor': { height: '100%', border: 'none', borderRadius: '0', fontSize: '13px' },
  '&:not(.cm-editor)': { border: 'none' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--nd-mono)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { padding: '8px 0' },
  '.cm-gutters': {
    color: 'var(--nd-faint)',
    backgroundColor: 'var(--nd-bg)',
    borderRight: '1px solid var(--nd-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--nd-hover)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--nd-raise)' },
  '.cm-foldPlaceholder': {
    color: 'var(--nd-dim)',
    backgroundColor: 'var(--nd-raise)',
    border: '1px solid var(--nd-line)',
  },
  '.cm-panels': {
    color: 'var(--nd-text)',
    backgroundColor: 'var(--nd-panel)',
    borderColor: 'var(--nd-line)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--nd-info-bg)' },
  '.cm-textfield': {
    color: 'var(--nd-text)',
    backgroundColor: 'var(--nd-bg)',
    border: '1px solid var(--nd-line-strong)',
  },
  '.cm-button': {
    color: 'var(--nd-text)',
    backgroundImage: 'none',
    backgroundColor: 'var(--nd-raise)',
    border: '1px solid var(--nd-line-strong)',
  },
  '.cm-tooltip-autocomplete > ul': { maxHeight: '20em', fontFamily: 'var(--nd-mono)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '1.4' },
  '.cm-diagnostic': { padding: '4px 8px' },
});

export const editorId = 'runbook-text';

/** @param changed told of each change of the text */
export function yamlSetup(changed: (text: string) => void): Extension[] {
  return [
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    // A file may hold characters that hide or turn text around.
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    yaml(),
    syntaxHighlighting(colors),
    // The earlier one has the last word.
    theme,
    mathTheme,
    tooltips({ parent: document.body }),
    autocompletion({ override: [completeRunbook], icons: false, maxRenderedOptions: 60 }),
    EditorView.lineWrapping,
    // Mistakes below take room as they come: the last lines stay in view.
    scrollPastEnd(),
    EditorView.contentAttributes.of({
      id: editorId,
      'aria-label': 'Text of the runbook',
      spellcheck: 'false',
      tabindex: '0',
      'aria-description': 'Escape, then Tab, leaves the text',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    }),
    keymap.of([
      ...completionKeymap,
      { key: 'Mod-i', run: startCompletion },
      ...closeBracketsKeymap,
      ...searchKeymap,
      ...lintKeymap,
      ...foldKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ];
}

/** Where a problem stands in the text; the first line where it is about the whole. */
export function placeOf(state: EditorState, { line, column }: RunbookProblem): number {
  const found = state.doc.line(Math.min(Math.max(line ?? 1, 1), state.doc.lines));
  return Math.min(found.from + Math.max((column ?? 1) - 1, 0), found.to);
}

export function markProblems(view: EditorView, problems: readonly RunbookProblem[]): void {
  const { state } = view;
  const marks = problems.map((problem): Diagnostic => {
    const from = placeOf(state, problem);
    const word = /^[^\s:,}\]]+/.exec(state.doc.sliceString(from, from + 200))?.[0].length ?? 0;
    return {
      from,
      to: Math.min(from + Math.max(word, 1), state.doc.length),
      severity: 'error',
      message: safeText(problem.message),
    };
  });
  view.dispatch(setDiagnostics(state, marks));
}
