import ELK from 'elkjs/lib/elk-api.js';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { GraphEdge } from './graph';
import { layoutGraph, readPositions } from './layout';
import type { LayoutDirection, LayoutGraph } from './layout';
import type { Positions } from './positions';

let elk: InstanceType<typeof ELK> | undefined;

/** Computes places off the main thread. The worker is started by the first call and kept. */
export async function layoutInWorker(
  tasks: readonly string[],
  edges: readonly GraphEdge[],
  direction: LayoutDirection = 'RIGHT',
): Promise<Positions> {
  if (tasks.length === 0) {
    return {};
  }
  elk ??= new ELK({ workerUrl });
  const graph = layoutGraph(tasks, edges, direction) as unknown as ElkNode;
  const result = await elk.layout(graph);
  return readPositions(tasks, result as unknown as LayoutGraph);
}
