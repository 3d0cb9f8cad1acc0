/**
 * Undo and redo over immutable states. Changes of one thing that follow each other closely (typing in a
 * field, dragging) are one step: they carry the same key.
 */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  readonly lastKey: string | null;
  readonly lastTime: number;
}

const STEPS_MAX = 200;
const SAME_STEP_MILLIS = 1_500;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [], lastKey: null, lastTime: 0 };
}

/** @param key of what is changed; null makes a step of its own */
export function record<T>(history: History<T>, next: T, key: string | null, now: number): History<T> {
  if (next === history.present) {
    return history;
  }
  const isSameStep = key !== null && key === history.lastKey && now - history.lastTime < SAME_STEP_MILLIS;
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-STEPS_MAX);
  return { past, present: next, future: [], lastKey: key, lastTime: now };
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) {
    return history;
  }
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    lastKey: null,
    lastTime: 0,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) {
    return history;
  }
  return { past: [...history.past, history.present], present: next, future, lastKey: null, lastTime: 0 };
}
