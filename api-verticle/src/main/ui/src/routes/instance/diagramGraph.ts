import type { InstanceGraph } from '~/services/instances';
import type { DiagramGraph, GraphEdge } from '~/workflow-diagram/graph';

const kinds = new Set(['dep', 'branch', 'success', 'failed', 'group']);

/** The graph of an instance as the diagram draws it. */
export function diagramGraph(graph: InstanceGraph): DiagramGraph {
  return {
    tasks: graph.tasks.map((task) => ({
      name: task.name,
      taskType: task.taskType,
      isForbidden: task.forbidden,
      summary: task.description,
    })),
    edges: graph.edges.map(({ from, to, kind }): GraphEdge => {
      const edge = { id: JSON.stringify([from, to, kind ?? 'dep']), from, to };
      return kind !== null && kinds.has(kind) ? { ...edge, kind: kind as GraphEdge['kind'] } : edge;
    }),
  };
}
