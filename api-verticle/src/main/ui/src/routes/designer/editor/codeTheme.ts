import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours come from tokens, so that both schemes are the same editor. */
const look = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text-soft)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--text) 4%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)',
  },
  '.cm-panels': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-panels input, .cm-panels button': { fontFamily: 'inherit' },
  '.cm-textfield': { backgroundColor: 'var(--surface)', border: '1px solid var(--line-strong)', borderRadius: '4px' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
  },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', border: '1px solid var(--line-strong)', color: 'var(--text)', borderRadius: '6px' },
  '.cm-diagnostic': { fontFamily: 'var(--mantine-font-family)', whiteSpace: 'pre-wrap', maxWidth: '560px', borderRadius: '4px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--state-failed)' },
  '.cm-matchingBracket': { outline: '1px solid var(--line-strong)' },
  '.cm-placeholder': { color: 'var(--text-soft)', fontStyle: 'italic' },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword], color: 'var(--state-paused)' },
  { tag: [tags.string, tags.special(tags.string), tags.character], color: 'var(--state-success)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--state-stopped)' },
  { tag: [tags.comment, tags.meta], color: 'var(--text-soft)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--state-running)' },
  { tag: [tags.function(tags.variableName), tags.standard(tags.variableName), tags.typeName], color: 'var(--state-dispatched)' },
  { tag: [tags.definition(tags.variableName), tags.special(tags.variableName)], color: 'var(--state-lost)' },
  { tag: tags.invalid, color: 'var(--state-failed)' },
]);

export const codeTheme = [look, syntaxHighlighting(colours)];
