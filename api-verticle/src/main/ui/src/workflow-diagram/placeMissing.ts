import type { GraphEdge } from './graph';
import { behind, freePlace, GAP_Y, NODE_HEIGHT } from './positions';
import type { Point, Positions } from './positions';

/** Places for tasks that came without one into a diagram that is arranged: behind what they follow, else below all. */
export function placeMissing(tasks: readonly string[], edges: readonly GraphEdge[], positions: Positions): Positions {
  const placed: Record<string, Point> = Object.fromEntries(
    tasks.flatMap((name) => (positions[name] === undefined ? [] : [[name, positions[name]]])),
  );
  const before = new Map<string, string[]>();
  edges.forEach(({ from, to }) => before.set(to, [...(before.get(to) ?? []), from]));
  let open = tasks.filter((name) => placed[name] === undefined);
  while (open.length > 0) {
    // Those whose predecessors all have a place; in a cycle, the first one.
    const ready = open.filter((name) => (before.get(name) ?? []).every((other) => placed[other] !== undefined));
    const next = ready.length > 0 ? ready : open.slice(0, 1);
    next.forEach((name) => {
      const known = (before.get(name) ?? []).flatMap((other) => placed[other] ?? []);
      placed[name] = freePlace(placed, wanted(known, placed));
    });
    open = open.filter((name) => placed[name] === undefined);
  }
  return placed;
}

function wanted(predecessors: readonly Point[], placed: Positions): Point {
  const [first, ...others] = predecessors;
  if (first !== undefined) {
    return behind(others.reduce((far, place) => (place.x > far.x ? place : far), first));
  }
  const all = Object.values(placed);
  return all.length === 0
    ? { x: 0, y: 0 }
    : { x: Math.min(...all.map(({ x }) => x)), y: Math.max(...all.map(({ y }) => y)) + NODE_HEIGHT + GAP_Y };
}
