import type { GraphEdge } from './graph';
import { NODE_HEIGHT, NODE_WIDTH } from './positions';
import type { Point } from './positions';

/** All edges as one path: from afar nobody can tell them apart, and a thousand elements would have to be painted. */
export function farPath(edges: readonly GraphEdge[], places: ReadonlyMap<string, Point>): string {
  const parts: string[] = [];
  edges.forEach(({ from, to }) => {
    const source = places.get(from);
    const target = places.get(to);
    if (source === undefined || target === undefined) {
      return;
    }
    const [x1, y1] = [source.x + NODE_WIDTH, source.y + NODE_HEIGHT / 2];
    const [x2, y2] = [target.x, target.y + NODE_HEIGHT / 2];
    const bend = Math.max(Math.abs(x2 - x1) / 2, 32);
    parts.push(`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
  });
  return parts.join('');
}
