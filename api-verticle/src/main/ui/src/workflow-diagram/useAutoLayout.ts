import { useEffect, useMemo, useState } from 'react';
import type { DiagramGraph } from './graph';
import { layoutKey } from './layout';
import { layoutInWorker } from './layoutInWorker';
import type { Positions } from './positions';

/**
 * Places for a diagram that is only looked at: the saved ones when all tasks have one, else computed in a worker
 * and kept while the structure stays the same. Null while nothing can be drawn yet.
 */
export function useAutoLayout(graph: DiagramGraph, saved: Positions): Positions | null {
  const names = useMemo(() => graph.tasks.map((task) => task.name), [graph.tasks]);
  const isSaved = names.every((name) => saved[name] !== undefined);
  const key = useMemo(() => layoutKey(names, graph.edges), [names, graph.edges]);
  const [computed, setComputed] = useState<{ key: string; positions: Positions } | null>(null);

  useEffect(() => {
    if (isSaved) {
      return;
    }
    let isCurrent = true;
    layoutInWorker(names, graph.edges).then(
      (positions) => isCurrent && setComputed({ key, positions }),
      (failure: unknown) => {
        console.error('the layout failed; tasks are drawn in a grid', failure);
        if (isCurrent) {
          setComputed({ key, positions: gridOf(names) });
        }
      },
    );
    return () => {
      isCurrent = false;
    };
    // The key says all that the layout depends on.
  }, [key, isSaved]);

  return isSaved ? saved : computed?.key === key ? computed.positions : null;
}

/** A last resort where no worker may run. */
export function gridOf(names: readonly string[]): Positions {
  const columns = Math.max(1, Math.ceil(Math.sqrt(names.length)));
  return Object.fromEntries(
    names.map((name, index) => [name, { x: (index % columns) * 288, y: Math.floor(index / columns) * 96 }]),
  );
}
