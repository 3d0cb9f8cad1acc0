import { useComputedColorScheme } from '@mantine/core';
import { Background, BackgroundVariant, MiniMap, ReactFlow, ReactFlowProvider, useStore } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { DragEvent, KeyboardEvent, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { toneColor, toneOf } from '~/theme/states';
import type { ShownState } from '~/theme/states';
import { CanvasTools } from './CanvasTools';
import classes from './diagram.module.css';
import { DiagramMenu } from './DiagramMenu';
import type { MenuEntry } from './DiagramMenu';
import { EdgeView } from './EdgeView';
import type { DiagramFlowEdge } from './EdgeView';
import { DistanceContext, FAR, VERY_FAR } from './distance';
import type { Distance } from './distance';
import type { Outlet } from './edit';
import { FarEdges } from './FarEdges';
import { FindTask } from './FindTask';
import type { TaskFlowNode, TaskLook, TypeLook } from './flowNodes';
import type { DiagramGraph } from './graph';
import { GRID } from './positions';
import type { Point, Positions } from './positions';
import { ofTasks, singleTask } from './selection';
import type { Selection } from './selection';
import { TaskNodeView } from './TaskNodeView';
import type { CanvasControl } from './useCanvasControl';
import { useCanvasControl } from './useCanvasControl';
import { useCanvasMenu } from './useCanvasMenu';
import { useConnectEnd } from './useConnectEnd';
import { useFlow } from './useFlow';
import { useKeptInSight } from './useKeptInSight';
import { useStable } from './useStable';

export type MenuTarget =
  | { readonly kind: 'task'; readonly name: string }
  | { readonly kind: 'edge'; readonly id: string; readonly from: string; readonly to: string }
  | { readonly kind: 'pane'; readonly point: Point }
  /** An edge was drawn to where there is nothing: a task may be added there. */
  | { readonly kind: 'nothing'; readonly from: string; readonly outlet: Outlet; readonly point: Point };

/** What can be changed in a diagram; without it a diagram is only looked at. */
export interface DiagramEditing {
  /** New places, once the pointer or the key has been let go. */
  onMove(moved: Positions): void;
  onConnect(from: string, to: string, outlet: Outlet): void;
  canConnect(from: string, to: string): boolean;
  onDrop(data: DataTransfer, point: Point): void;
}

export interface DiagramCanvasProps {
  graph: DiagramGraph;
  positions: Positions;
  looks?: ReadonlyMap<string, TaskLook>;
  types?: ReadonlyMap<string, TypeLook>;
  faults?: ReadonlyMap<string, number>;
  selection: Selection;
  onSelect(selection: Selection): void;
  /** A task was clicked, or Enter pressed on it. */
  onOpenTask?(name: string, by: 'pointer' | 'key'): void;
  menuItems?(target: MenuTarget): readonly MenuEntry[];
  editing?: DiagramEditing;
  onArrange?(): void;
  label: string;
  control?: Ref<CanvasControl>;
  children?: ReactNode;
}

const nodeTypes = { task: TaskNodeView };
const edgeTypes = { diagram: EdgeView };
const NO_EDGES: DiagramFlowEdge[] = [];
const SEVERAL = ['Meta', 'Control'];
const SNAP: [number, number] = [GRID, GRID];
const FIT = { maxZoom: 1, padding: 0.12 };

const LARGE_ENOUGH_FOR_A_MAP = 6;

/** A workflow as a picture: of a definition that is edited, or of an instance that runs. */
export function DiagramCanvas(props: DiagramCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function distanceOf({ transform: [, , zoom] }: { transform: [number, number, number] }): Distance {
  return zoom < VERY_FAR ? 'shapes' : zoom < FAR ? 'names' : 'all';
}

function mapColor(node: TaskFlowNode): string {
  const state = node.data.look?.state;
  return state === undefined ? 'var(--diagram-edge)' : toneColor(toneOf(state as ShownState));
}

function Canvas(props: DiagramCanvasProps) {
  const { t } = useTranslation('diagram');
  const scheme = useComputedColorScheme('light');
  const { editing, onOpenTask } = props;
  const isEditable = editing !== undefined;
  const distance = useStore(distanceOf);
  // An empty diagram stays where it is when its first task comes.
  const [isFilled] = useState(() => props.graph.tasks.length > 0);
  const frame = useRef<HTMLDivElement>(null);
  const flow = useFlow(props);
  const { menu, closeMenu, menuHandlers, askForTask } = useCanvasMenu(props, frame);
  const onConnectEnd = useStable(useConnectEnd(editing, askForTask));
  const onNodeClick = useStable((_event: unknown, node: TaskFlowNode) => onOpenTask?.(node.id, 'pointer'));
  const onMoveStart = useStable(() => frame.current?.setAttribute('data-moving', 'true'));
  const onMoveEnd = useStable(() => frame.current?.removeAttribute('data-moving'));
  const labels = useMemo(
    () => ({
      'node.a11yDescription.default': t(isEditable ? 'help' : 'helpRead'),
      'edge.a11yDescription.default': t('helpRead'),
      'minimap.ariaLabel': t('minimap'),
    }),
    [isEditable, t],
  );
  const own = useRef<CanvasControl>(null);
  useCanvasControl(own, frame);
  useImperativeHandle(props.control, () => own.current as CanvasControl, []);

  useKeptInSight(frame, useStable(() => own.current?.fit()));

  // A panel that opens beside the diagram must not cover the task it is about.
  const chosen = singleTask(props.selection);
  useEffect(() => {
    if (chosen === null) return;
    const timer = setTimeout(() => own.current?.reveal(chosen, false), 60);
    return () => clearTimeout(timer);
  }, [chosen]);
  const find = (name: string): void => {
    props.onSelect(ofTasks([name]));
    onOpenTask?.(name, 'pointer');
    own.current?.reveal(name, true);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const node = (event.target as HTMLElement).closest('.react-flow__node');
    const name = node?.getAttribute('data-id');
    if (event.key === 'Enter' && name != null) {
      event.preventDefault();
      onOpenTask?.(name, 'key');
    }
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    editing?.onDrop(event.dataTransfer, flow.toCanvas(event.clientX, event.clientY));
  };

  return (
    <div
      ref={frame}
      className={classes.canvas}
      data-shown={distance}
      onKeyDown={onKeyDown}
      onDragOver={editing && ((event) => event.preventDefault())}
      onDrop={editing && onDrop}
    >
      <DistanceContext value={distance}>
        <ReactFlow
          aria-label={props.label}
          colorMode={scheme}
          nodes={flow.nodes}
          edges={distance === 'shapes' ? NO_EDGES : flow.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={flow.onNodesChange}
          onEdgesChange={flow.onEdgesChange}
          onConnect={flow.onConnect}
          onConnectEnd={onConnectEnd}
          onMoveStart={onMoveStart}
          onMoveEnd={onMoveEnd}
          isValidConnection={flow.isValidConnection}
          onNodeClick={onNodeClick}
          {...menuHandlers}
          nodesDraggable={isEditable}
          nodesConnectable={isEditable}
          onlyRenderVisibleElements
          selectNodesOnDrag={false}
          deleteKeyCode={null}
          multiSelectionKeyCode={SEVERAL}
          selectionKeyCode={isEditable ? 'Shift' : null}
          zoomOnDoubleClick={false}
          snapToGrid
          snapGrid={SNAP}
          connectionRadius={32}
          nodeDragThreshold={2}
          minZoom={0.05}
          maxZoom={2}
          fitView={isFilled}
          fitViewOptions={FIT}
          ariaLabelConfig={labels}
          attributionPosition="top-right"
        >
          <Background variant={BackgroundVariant.Dots} gap={GRID * 3} size={1.2} color="var(--line-strong)" />
          {flow.nodes.length >= LARGE_ENOUGH_FOR_A_MAP && (
            <MiniMap
              position="bottom-right"
              style={{ width: 168, height: 112 }}
              nodeColor={mapColor}
              nodeStrokeWidth={0}
              nodeBorderRadius={24}
              maskColor={scheme === 'dark' ? 'rgb(0 0 0 / 45%)' : 'rgb(40 48 70 / 10%)'}
              bgColor="var(--surface)"
              pannable
              zoomable
            />
          )}
          {flow.nodes.length >= LARGE_ENOUGH_FOR_A_MAP && <FindTask tasks={props.graph.tasks} onFind={find} />}
          {distance === 'shapes' && <FarEdges nodes={flow.nodes} edges={props.graph.edges} />}
          <CanvasTools onArrange={props.onArrange} />
          {props.children}
        </ReactFlow>
      </DistanceContext>
      <DiagramMenu menu={menu} onClose={closeMenu} />
    </div>
  );
}
