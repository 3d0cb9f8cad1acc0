import { useSyncExternalStore } from 'react';

/** Short messages in a corner: a success goes by itself, a failure stays until it is closed. */
export interface Toast {
  id: number;
  kind: 'done' | 'failed';
  title: string;
  detail?: string;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const shownMillis = 4_000;
const toastsMost = 4;

export function toast(kind: Toast['kind'], title: string, detail?: string): void {
  const id = nextId++;
  set([...toasts, { id, kind, title, detail }].slice(-toastsMost));
  if (kind === 'done') setTimeout(() => closeToast(id), shownMillis);
}

export function closeToast(id: number): void {
  set(toasts.filter((shown) => shown.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
