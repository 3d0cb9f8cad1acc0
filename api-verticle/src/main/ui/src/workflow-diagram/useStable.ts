import { useCallback, useRef } from 'react';

/**
 * The same function at every drawing, which calls the newest one given. A handler that changed would make XYFlow draw
 * every node again, a thousand of them in every frame of a drag.
 */
export function useStable<A extends readonly unknown[], R>(newest: (...args: A) => R): (...args: A) => R {
  const held = useRef(newest);
  held.current = newest;
  return useCallback((...args: A) => held.current(...args), []);
}
