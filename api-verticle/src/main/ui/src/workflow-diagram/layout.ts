import type { GraphEdge } from './graph';
import { GAP_X, GAP_Y, NODE_HEIGHT, NODE_WIDTH, snap } from './positions';
import type { Positions } from './positions';

/** The part of ELK's graph format that is used here. */
export interface LayoutGraph {
  readonly id: string;
  readonly layoutOptions?: Record<string, string>;
  readonly children?: readonly { id: string; width: number; height: number; x?: number; y?: number }[];
  readonly edges?: readonly { id: string; sources: string[]; targets: string[] }[];
}

export type LayoutDirection = 'RIGHT' | 'DOWN';

/** Above this size the slower refinements are left out, so that a layout stays within seconds. */
const LARGE = 400;

const FAST = { 'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF', 'elk.layered.thoroughness': '1' };
const FINE = {
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** Node ids are indexes: names are free text. */
export function layoutGraph(
  tasks: readonly string[],
  edges: readonly GraphEdge[],
  direction: LayoutDirection,
): LayoutGraph {
  const index = new Map(tasks.map((name, position) => [name, String(position)]));
  const isLarge = tasks.length > LARGE;
  return {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP_X),
      'elk.spacing.nodeNode': String(GAP_Y),
      'elk.spacing.componentComponent': String(GAP_Y * 2),
      'elk.aspectRatio': '1.6',
      // Edges are drawn as curves from port to port: routing them would only cost time.
      'elk.edgeRouting': 'POLYLINE',
      ...(isLarge ? FAST : FINE),
    },
    children: tasks.map((_name, position) => ({
      id: String(position),
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
    })),
    edges: edges.flatMap(({ from, to }, position) => {
      const source = index.get(from);
      const target = index.get(to);
      return source === undefined || target === undefined
        ? []
        : [{ id: `e${position}`, sources: [source], targets: [target] }];
    }),
  };
}

export function readPositions(tasks: readonly string[], result: LayoutGraph): Positions {
  return Object.fromEntries(
    (result.children ?? []).flatMap((child) => {
      const name = tasks[Number(child.id)];
      return name === undefined ? [] : [[name, snap({ x: child.x ?? 0, y: child.y ?? 0 })]];
    }),
  );
}

/** The structure that a layout depends on: the same text needs no new layout. */
export function layoutKey(tasks: readonly string[], edges: readonly GraphEdge[]): string {
  return JSON.stringify([tasks, edges.map(({ from, to }) => [from, to])]);
}
