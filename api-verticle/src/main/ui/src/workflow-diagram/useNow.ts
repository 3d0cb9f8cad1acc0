import { useSyncExternalStore } from 'react';

/** One clock for everything that counts seconds on the page; it stands still while nobody looks. */
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function watch(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      listeners.forEach((told) => told());
    }, 1_000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const still = (): (() => void) => () => {};

/** The time in milliseconds, new every second while `ticks`. */
export function useNow(ticks: boolean): number {
  return useSyncExternalStore(ticks ? watch : still, () => now);
}
