/** Colours of metric math and of Metrics Insights in the editor. */
import { HighlightStyle, StreamLanguage } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { isMathFunction, isMathWord } from './math-functions';

const SQL = new Set([
  'SELECT',
  'FROM',
  'WHERE',
  'GROUP',
  'BY',
  'ORDER',
  'LIMIT',
  'SCHEMA',
  'ASC',
  'DESC',
  'AND',
]);

export const mathLanguage = StreamLanguage.define<Record<string, never>>({
  name: 'metric math',
  startState: () => ({}),
  token(stream) {
    if (stream.eatSpace()) return null;
    const next = stream.peek();
    if (next === '"' || next === "'") {
      stream.next();
      stream.eatWhile((letter) => letter !== next);
      stream.next();
      return 'string';
    }
    if (stream.match(/^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/)) return 'number';
    const word = stream.match(/^[A-Za-z_]\w*/);
    if (word && typeof word === 'object') {
      const text = word[0];
      if (isMathFunction(text) && stream.match(/^\s*\(/, false)) return 'keyword';
      if (SQL.has(text.toUpperCase()) || isMathWord(text)) return 'keyword';
      return 'variableName';
    }
    stream.next();
    return '+-*/^<>=!&|'.includes(next ?? '') ? 'operator' : 'punctuation';
  },
  languageData: { closeBrackets: { brackets: ['(', '[', "'", '"'] } },
});

/** In the window's own tones: colour here is for reading, so the quiet ones are taken. */
export const mathColors = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--nd-info-text)' },
  { tag: tags.string, color: 'var(--nd-business-text)' },
  { tag: tags.number, color: 'var(--nd-text)' },
  { tag: tags.variableName, color: 'var(--nd-security-text)' },
  { tag: [tags.operator, tags.punctuation], color: 'var(--nd-dim)' },
]);

export const mathTheme = EditorView.theme({
  '&': { fontSize: '12px', color: 'var(--nd-text)', backgroundColor: 'var(--nd-bg)' },
  // The editor alone: what holds its tooltips has the theme's class too, and would be higher than the window.
  '&.cm-editor': {
    border: '1px solid var(--nd-line-strong)',
    borderRadius: 'var(--nd-radius)',
  },
  '&.cm-focused': { outline: '2px solid var(--nd-accent)', outlineOffset: '-1px' },
  '.cm-content': { fontFamily: 'var(--nd-mono)', padding: '4px 0', caretColor: 'var(--nd-text)' },
  '.cm-line': { padding: '0 8px' },
  '.cm-cursor': { borderLeftColor: 'var(--nd-text)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'var(--nd-info-bg)',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--nd-raise)', outline: 'none' },
  '.cm-tooltip': {
    color: 'var(--nd-text)',
    backgroundColor: 'var(--nd-panel)',
    border: '1px solid var(--nd-line-strong)',
    borderRadius: 'var(--nd-radius)',
    boxShadow: 'var(--nd-shadow)',
  },
  '.cm-tooltip-autocomplete ul li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--nd-text)',
    backgroundColor: 'var(--nd-raise)',
  },
  '.cm-completionDetail': { color: 'var(--nd-dim)', fontStyle: 'normal' },
  '.cm-completionInfo': { padding: '4px 8px', maxWidth: '280px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--nd-critical)' },
});
