import type { EdgeKind } from './edges';
import type { DiagramGraph } from './graph';

/** The graph of an instance's own version, as GET /workflow-instances/{id}/graph gives it. */
export interface GraphAnswer {
  readonly tasks: readonly { name: string; taskType: string; forbidden: boolean; description: string }[];
  readonly edges: readonly { from: string; to: string; kind: string | null }[];
}

export function instanceGraph({ tasks, edges }: GraphAnswer): DiagramGraph {
  return {
    tasks: tasks.map(({ name, taskType, forbidden, description }) => ({
      name,
      taskType,
      isForbidden: forbidden,
      summary: description.split('\n')[0] ?? '',
    })),
    edges: edges.map(({ from, to, kind }) => {
      const id = JSON.stringify([kind, from, to]);
      return kind === null || kind === '' ? { id, from, to } : { id, from, to, kind: kind as EdgeKind };
    }),
  };
}
