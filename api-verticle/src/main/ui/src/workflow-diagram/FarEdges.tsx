import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import classes from './diagram.module.css';
import { farPath } from './farPath';
import type { TaskFlowNode } from './flowNodes';
import type { GraphEdge } from './graph';

/** The edges of a diagram seen from afar, in one piece. */
export function FarEdges({ nodes, edges }: { nodes: readonly TaskFlowNode[]; edges: readonly GraphEdge[] }) {
  const path = useMemo(() => farPath(edges, new Map(nodes.map((node) => [node.id, node.position]))), [nodes, edges]);
  return (
    <ViewportPortal>
      <svg className={classes.farEdges} aria-hidden>
        <path d={path} />
      </svg>
    </ViewportPortal>
  );
}
