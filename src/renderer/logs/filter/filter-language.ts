/** Tones of the local filter in its editor: structure quiet, what is looked for plain. */
import { HighlightStyle, StreamLanguage } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const filterLanguage = StreamLanguage.define<Record<string, never>>({
  name: 'log filter',
  startState: () => ({}),
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:\\.|[^"\\])*"?/)) return 'string';
    if (stream.match(/^(?:AND|OR|NOT|TO|and|or)(?=[\s()"]|$)/)) return 'keyword';
    if (stream.match(/^[\p{L}_@$][\p{L}\p{N}_@$.-]*:(?!\/\/)/u)) return 'propertyName';
    if (stream.match(/^(?:>=|<=|[-!()[\]{}=<>]|&&|\|\|)/)) return 'operator';
    if (stream.match(/^[^\s()[\]{}"]+/)) return 'string';
    stream.next();
    return null;
  },
  languageData: { closeBrackets: { brackets: ['(', '[', '"'] } },
});

export const filterColors = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--nd-dim)', fontWeight: '600' },
  { tag: [tags.propertyName, tags.operator], color: 'var(--nd-dim)' },
  { tag: tags.string, color: 'var(--nd-text)' },
]);

export const filterTheme = EditorView.theme({
  '&': { flex: '1', minWidth: '0', fontSize: '12.5px', color: 'var(--nd-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { overflow: 'hidden', lineHeight: '1.4' },
  '.cm-content': { fontFamily: 'var(--nd-mono)', padding: '5px 0', caretColor: 'var(--nd-text)' },
  '.cm-line': { padding: '0 2px' },
  '.cm-cursor': { borderLeftColor: 'var(--nd-text)' },
  '.cm-placeholder': { color: 'var(--nd-faint)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'var(--nd-info-bg)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--nd-warning)',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    color: 'var(--nd-text)',
    backgroundColor: 'var(--nd-panel)',
    border: '1px solid var(--nd-line-strong)',
    borderRadius: 'var(--nd-radius)',
    boxShadow: 'var(--nd-shadow)',
  },
  '.cm-tooltip-autocomplete ul': { fontFamily: 'var(--nd-mono)', maxHeight: '260px' },
  '.cm-tooltip-autocomplete ul li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--nd-text)',
    backgroundColor: 'var(--nd-raise)',
  },
  '.cm-completionDetail': {
    float: 'right',
    marginLeft: '2em',
    color: 'var(--nd-dim)',
    fontStyle: 'normal',
  },
});
