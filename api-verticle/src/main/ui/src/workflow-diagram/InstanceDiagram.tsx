import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { DiagramCanvas } from './DiagramCanvas';
import type { MenuTarget } from './DiagramCanvas';
import type { MenuEntry } from './DiagramMenu';
import type { TaskLook } from './flowNodes';
import type { DiagramGraph } from './graph';
import type { Positions } from './positions';
import { NOTHING, ofTasks } from './selection';
import { useTypeLooks } from './typeLooks';
import { useAutoLayout } from './useAutoLayout';

export interface InstanceDiagramProps {
  /** Of the version that runs; keep the object while it is the same, so that nothing is computed again. */
  graph: DiagramGraph;
  /** Saved places; tasks without one make the whole diagram be arranged automatically. */
  layout: Positions;
  /** How the tasks stand, by name; tasks without an entry have not started. */
  looks: ReadonlyMap<string, TaskLook>;
  /** The task whose details are open. */
  openTask: string | null;
  onOpenTask(name: string | null): void;
  menuItems?(name: string): readonly MenuEntry[];
  label: string;
  children?: ReactNode;
}

/** A workflow instance as a live picture, to be looked at. */
export function InstanceDiagram(props: InstanceDiagramProps) {
  const { openTask, onOpenTask, menuItems } = props;
  const positions = useAutoLayout(props.graph, props.layout);
  const types = useTypeLooks(props.graph.tasks);
  const selection = useMemo(
    () => (openTask === null ? NOTHING : ofTasks([openTask])),
    [openTask],
  );
  if (positions === null) {
    return <Skeleton height="100%" radius={0} animate />;
  }
  return (
    <DiagramCanvas
      graph={props.graph}
      positions={positions}
      looks={props.looks}
      types={types}
      selection={selection}
      onSelect={({ tasks }) => onOpenTask([...tasks][0] ?? null)}
      onOpenTask={(name) => onOpenTask(name)}
      menuItems={(target: MenuTarget) => (target.kind === 'task' ? (menuItems?.(target.name) ?? []) : [])}
      label={props.label}
    >
      {props.children}
    </DiagramCanvas>
  );
}
