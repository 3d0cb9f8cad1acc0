import { branches, conditionGroups, isForbidden, logicKind, names } from './document';
import type { TaskNode, WorkflowDocument } from './document';
import { edgesOf } from './edges';
import type { EdgeKind } from './edges';

/** What a diagram draws; from a document, or from the graph of an instance. */
export interface DiagramTask {
  readonly name: string;
  readonly taskType: string;
  readonly isForbidden: boolean;
  /** The first thing worth knowing about it, e.g. the first line of its script; empty when there is none. */
  readonly summary: string;
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind?: EdgeKind;
  readonly condition?: string;
}

export interface DiagramGraph {
  readonly tasks: readonly DiagramTask[];
  readonly edges: readonly GraphEdge[];
}

const SUMMARY_LENGTH = 80;

function firstLine(text: unknown): string {
  if (typeof text !== 'string') {
    return '';
  }
  const lines = text.split('\n', 50).filter((part) => part.trim() !== '');
  const line = lines.find((part) => !part.startsWith('#')) ?? lines[0] ?? '';
  return line.trim().slice(0, SUMMARY_LENGTH);
}

/** What kinds of tasks do is told by other keys; anything else by its description or the first text it has. */
export function summaryOf(task: TaskNode): string {
  switch (logicKind(task.task_type)) {
    case 'SUB_WORKFLOW':
      return firstLine(task.workflow_name ?? task.process_definition_name);
    case 'SWITCH':
      return firstLine(branches(task).map((branch) => branch.condition).find((text) => text !== undefined));
    case 'CONDITIONS':
      return conditionGroups(task)
        .map((group) => group.groups.map((item) => (item.flag ? '' : '!') + item.task).join(` ${group.op} `))
        .join(` ${names(task.op)[0] ?? 'AND'} `)
        .slice(0, SUMMARY_LENGTH);
    default:
      return firstLine(task.description) || firstLine(task.command ?? task.raw_script ?? task.script);
  }
}

export function graphOf(document: WorkflowDocument): DiagramGraph {
  return {
    tasks: document.tasks.map((task) => ({
      name: task.name,
      taskType: task.task_type,
      isForbidden: isForbidden(task),
      summary: summaryOf(task),
    })),
    edges: edgesOf(document),
  };
}
