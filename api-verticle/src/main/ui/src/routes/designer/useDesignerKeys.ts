import { useEffect, useRef } from 'react';

export interface DesignerKeys {
  save(): void;
  undo(): void;
  redo(): void;
  selectAll(): void;
  duplicate(): void;
  remove(): void;
  escape(): void;
  /** Text for the clipboard; null: nothing is selected. */
  copy(): string | null;
  /** Whether the text was one of ours. */
  paste(text: string): boolean;
}

function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"], .cm-editor') !== null)
  );
}

/** Keys with Ctrl or Cmd, Delete, and the system's clipboard. Saving works everywhere, the rest not while typing. */
export function useDesignerKeys(keys: DesignerKeys): void {
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const does = actionOf(event, newest.current);
      if (does !== null) {
        event.preventDefault();
        does();
      }
    };
    const onCopy = (event: ClipboardEvent): void => {
      if (isElsewhere(event.target) || (window.getSelection()?.toString() ?? '') !== '') return;
      const text = newest.current.copy();
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') newest.current.remove();
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (isElsewhere(event.target)) return;
      if (newest.current.paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('copy', onCopy);
    window.addEventListener('cut', onCopy);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('copy', onCopy);
      window.removeEventListener('cut', onCopy);
      window.removeEventListener('paste', onPaste);
    };
  }, []);
}

function actionOf(event: KeyboardEvent, keys: DesignerKeys): (() => void) | null {
  const key = event.key.toLowerCase();
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && key === 's') return keys.save;
  if (event.defaultPrevented || isElsewhere(event.target)) return null;
  if (isCommand) {
    if (key === 'z') return event.shiftKey ? keys.redo : keys.undo;
    if (key === 'y') return keys.redo;
    if (key === 'a') return keys.selectAll;
    return key === 'd' ? keys.duplicate : null;
  }
  if (key === 'delete' || key === 'backspace') return keys.remove;
  return key === 'escape' ? keys.escape : null;
}
