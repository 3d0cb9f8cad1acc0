import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeTheme } from './codeTheme';
import { loadLanguage } from './languages';

/** A fault at a line and column, both from 1. */
export interface CodeMark {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface CodeEditorProps {
  value: string;
  language: string;
  label: string;
  onChange(value: string): void;
  marks?: readonly CodeMark[];
  readOnly?: boolean;
  placeholder?: string;
  minHeight?: number;
  /** `fill`: all the height of its parent. */
  maxHeight?: number | 'fill';
  /** Where the caret is to be, once; a new object moves it again. */
  caret?: { readonly line: number; readonly column: number } | null;
}

const NO_MARKS: readonly CodeMark[] = [];

function offsetOf(state: EditorState, line: number, column: number): number {
  const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  return Math.min(found.from + Math.max(column - 1, 0), found.to);
}

function diagnostics(state: EditorState, marks: readonly CodeMark[]): Diagnostic[] {
  return marks.map(({ line, column, message }) => {
    const from = offsetOf(state, line, column);
    const word = state.wordAt(from);
    return { from, to: word?.to ?? state.doc.lineAt(from).to, severity: 'error', message };
  });
}

function heights(min: number, max: number | 'fill'): ReturnType<typeof EditorView.theme> {
  return max === 'fill'
    ? EditorView.theme({ '&': { height: '100%' } })
    : EditorView.theme({ '&': { maxHeight: `${max}px` }, '.cm-content, .cm-gutter': { minHeight: `${min}px` } });
}

/** A text editor with highlighting. Tab indents; Escape and then Tab leaves it, as everywhere in CodeMirror. */
export default function CodeEditor(props: CodeEditorProps) {
  const { value, language, marks = NO_MARKS, caret, minHeight = 120, maxHeight = 360 } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const onChange = useRef(props.onChange);
  onChange.current = props.onChange;
  const languageSlot = useRef(new Compartment());
  const editSlot = useRef(new Compartment());

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current ?? document.body,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          indentUnit.of('  '),
          bracketMatching(),
          highlightSelectionMatches(),
          lintGutter(),
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ 'aria-label': props.label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) onChange.current(update.state.doc.toString());
          }),
          placeholder(props.placeholder ?? ''),
          languageSlot.current.of([]),
          editSlot.current.of([]),
          heights(minHeight, maxHeight),
          codeTheme,
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
    // Made once; what changes afterwards goes in by the effects below.
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  useEffect(() => {
    let isCurrent = true;
    void loadLanguage(language).then((extension) => {
      if (isCurrent) view.current?.dispatch({ effects: languageSlot.current.reconfigure(extension) });
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);

  useEffect(() => {
    const readOnly = props.readOnly === true;
    view.current?.dispatch({ effects: editSlot.current.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [props.readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null) editor.dispatch(setDiagnostics(editor.state, diagnostics(editor.state, marks)));
  }, [marks]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null && caret != null) {
      const anchor = offsetOf(editor.state, caret.line, caret.column);
      editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      editor.focus();
    }
  }, [caret]);

  return <div ref={host} style={{ height: maxHeight === 'fill' ? '100%' : undefined, overflow: 'hidden' }} />;
}
