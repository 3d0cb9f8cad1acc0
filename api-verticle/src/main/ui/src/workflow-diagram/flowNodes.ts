import type { Node, NodeHandle } from '@xyflow/react';
import type { DiagramGraph, DiagramTask } from './graph';
import { logicKind } from './document';
import { NODE_HEIGHT, NODE_WIDTH } from './positions';
import type { Positions } from './positions';

/** How a task stands in an instance. Times are ISO texts; a running task counts on from its start. */
export interface TaskLook {
  readonly state: string;
  readonly reason?: string | null;
  readonly startTime?: string | null;
  readonly endTime?: string | null;
  /** Attempts so far; said from the second one. */
  readonly attempt?: number;
}

export interface TypeLook {
  readonly title: string;
  readonly icon: string;
}

export interface TaskNodeData extends Record<string, unknown> {
  readonly task: DiagramTask;
  readonly look: TaskLook | undefined;
  readonly type: TypeLook | undefined;
  readonly faults: number;
  readonly isEditable: boolean;
}

export type TaskFlowNode = Node<TaskNodeData, 'task'>;

export interface NodeInput {
  readonly graph: DiagramGraph;
  readonly positions: Positions;
  readonly looks: ReadonlyMap<string, TaskLook> | undefined;
  readonly types: ReadonlyMap<string, TypeLook> | undefined;
  readonly faults: ReadonlyMap<string, number> | undefined;
  readonly selected: ReadonlySet<string>;
  readonly isEditable: boolean;
}

const HANDLE = 12;

function handle(id: string | null, type: 'source' | 'target', share: number): NodeHandle {
  const isTarget = type === 'target';
  return {
    id,
    type,
    position: (isTarget ? 'left' : 'right') as NodeHandle['position'],
    x: (isTarget ? 0 : NODE_WIDTH) - HANDLE / 2,
    y: NODE_HEIGHT * share - HANDLE / 2,
    width: HANDLE,
    height: HANDLE,
  };
}

/** Known in advance, so that a thousand nodes need not be measured before their edges are drawn. */
const PLAIN_HANDLES = [handle(null, 'target', 0.5), handle(null, 'source', 0.5)];
const CONDITION_HANDLES = [
  handle(null, 'target', 0.5),
  handle('success', 'source', 0.3),
  handle('failed', 'source', 0.7),
];

export function hasOutlets(taskType: string): boolean {
  return logicKind(taskType) === 'CONDITIONS';
}

function sameLook(a: TaskLook | undefined, b: TaskLook | undefined): boolean {
  return (
    a === b ||
    (a !== undefined &&
      b !== undefined &&
      a.state === b.state &&
      a.reason === b.reason &&
      a.startTime === b.startTime &&
      a.endTime === b.endTime &&
      a.attempt === b.attempt)
  );
}

function sameTask(a: DiagramTask, b: DiagramTask): boolean {
  return (
    a === b ||
    (a.name === b.name && a.taskType === b.taskType && a.isForbidden === b.isForbidden && a.summary === b.summary)
  );
}

function sameData(a: TaskNodeData, b: TaskNodeData): boolean {
  return (
    sameTask(a.task, b.task) &&
    sameLook(a.look, b.look) &&
    a.type === b.type &&
    a.faults === b.faults &&
    a.isEditable === b.isEditable
  );
}

/**
 * The nodes of a diagram. A node that has not changed is the same object as before, so that React draws again
 * only what differs.
 */
export function flowNodes(before: readonly TaskFlowNode[], input: NodeInput): TaskFlowNode[] {
  const old = new Map(before.map((node) => [node.id, node]));
  return input.graph.tasks.map((task) => {
    const known = old.get(task.name);
    const place = input.positions[task.name] ?? { x: 0, y: 0 };
    const position = known?.dragging === true ? known.position : place;
    const data: TaskNodeData = {
      task,
      look: input.looks?.get(task.name),
      type: input.types?.get(task.taskType),
      faults: input.faults?.get(task.name) ?? 0,
      isEditable: input.isEditable,
    };
    const selected = input.selected.has(task.name);
    if (
      known !== undefined &&
      known.position.x === position.x &&
      known.position.y === position.y &&
      (known.selected ?? false) === selected &&
      sameData(known.data, data)
    ) {
      return known;
    }
    return {
      ...known,
      id: task.name,
      type: 'task',
      ariaLabel: task.name,
      position: { x: position.x, y: position.y },
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      // Nodes out of sight are not drawn and so never measured; they count when everything is to be shown.
      measured: { width: NODE_WIDTH, height: NODE_HEIGHT },
      handles: hasOutlets(task.taskType) ? CONDITION_HANDLES : PLAIN_HANDLES,
      selected,
      data: known !== undefined && sameData(known.data, data) ? known.data : data,
    };
  });
}
