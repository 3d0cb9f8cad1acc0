import { useEffect, useRef, useSyncExternalStore } from 'react';

/** A key or two keys one after the other (`g h`), and what they do, for the list that `?` shows. */
export interface Shortcut {
  keys: string;
  text: string;
  run(): void;
}

const sequenceMillis = 1_000;
const pages = new Set<readonly Shortcut[]>();
let isHelpShown = false;
const listeners = new Set<() => void>();

/** Keys that hold as long as the component is shown. They do nothing while somebody types or a dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const newest = useRef(shortcuts);
  newest.current = shortcuts;
  useEffect(() => {
    let before = '';
    let beforeAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const pair = Date.now() - beforeAt < sequenceMillis ? `${before} ${event.key}` : '';
      before = event.key;
      beforeAt = Date.now();
      const found =
        newest.current.find((shortcut) => shortcut.keys === pair) ??
        newest.current.find((shortcut) => shortcut.keys === event.key);
      if (!found) return;
      event.preventDefault();
      before = '';
      found.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    pages.add(shortcuts);
    return () => {
      pages.delete(shortcuts);
    };
  }, [shortcuts]);
}

export function shownShortcuts(): Shortcut[] {
  return [...pages].flat();
}

export function showShortcuts(): void {
  setHelp(true);
}

export function hideShortcuts(): void {
  setHelp(false);
}

export function useHelpShown(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isHelpShown,
  );
}

function setHelp(isShown: boolean): void {
  isHelpShown = isShown;
  for (const listener of listeners) listener();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"], .cm-editor') !== null
  );
}
