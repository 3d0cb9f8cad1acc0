import { MarkerType, applyEdgeChanges, applyNodeChanges, useReactFlow } from '@xyflow/react';
import type { Connection, EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagramCanvasProps } from './DiagramCanvas';
import type { DiagramFlowEdge } from './EdgeView';
import { flowNodes } from './flowNodes';
import type { TaskFlowNode } from './flowNodes';
import type { DiagramGraph } from './graph';
import type { Point, Positions } from './positions';
import type { Selection } from './selection';
import { useStable } from './useStable';

type TextOfEdge = (from: string, to: string) => string;

function flowEdges(
  before: readonly DiagramFlowEdge[],
  graph: DiagramGraph,
  selected: ReadonlySet<string>,
  textOf: TextOfEdge,
): DiagramFlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]));
  return graph.edges.map((edge) => {
    const known = old.get(edge.id);
    const isSelected = selected.has(edge.id);
    if (known && known.data?.condition === edge.condition && (known.selected ?? false) === isSelected) {
      return known;
    }
    return {
      id: edge.id,
      type: 'diagram',
      source: edge.from,
      target: edge.to,
      sourceHandle: edge.kind === 'success' || edge.kind === 'failed' ? edge.kind : null,
      selected: isSelected,
      markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: 'var(--diagram-edge)' },
      ariaLabel: textOf(edge.from, edge.to),
      data: { kind: edge.kind, condition: edge.condition },
    };
  });
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

const chosen = (items: readonly { id: string; selected?: boolean }[]): ReadonlySet<string> =>
  new Set(items.filter((item) => item.selected === true).map((item) => item.id));

/**
 * Nodes and edges as XYFlow wants them. While something is dragged they change here alone; the page hears of it
 * when it is let go, so that a drag costs one node a frame, however large the workflow.
 */
export function useFlow(props: DiagramCanvasProps) {
  const { graph, positions, looks, types, faults, selection, editing, onSelect } = props;
  const { t } = useTranslation('diagram');
  const flow = useReactFlow();
  const isEditable = editing !== undefined;
  const [nodes, setNodes] = useState<TaskFlowNode[]>(() =>
    flowNodes([], { graph, positions, looks, types, faults, selected: selection.tasks, isEditable }),
  );
  const [edges, setEdges] = useState<DiagramFlowEdge[]>([]);
  const nodesNow = useRef(nodes);
  const edgesNow = useRef(edges);
  const selectionNow = useRef(selection);

  useEffect(() => {
    selectionNow.current = selection;
    const input = { graph, positions, looks, types, faults, selected: selection.tasks, isEditable };
    nodesNow.current = flowNodes(nodesNow.current, input);
    setNodes(nodesNow.current);
  }, [graph, positions, looks, types, faults, selection, isEditable]);

  useEffect(() => {
    edgesNow.current = flowEdges(edgesNow.current, graph, selection.edges, (from, to) => t('edgeOf', { from, to }));
    setEdges(edgesNow.current);
  }, [graph, selection.edges, t]);

  const tellSelection = useCallback(() => {
    const next: Selection = { tasks: chosen(nodesNow.current), edges: chosen(edgesNow.current) };
    const { tasks, edges: oldEdges } = selectionNow.current;
    if (!sameSet(next.tasks, tasks) || !sameSet(next.edges, oldEdges)) {
      selectionNow.current = next;
      onSelect(next);
    }
  }, [onSelect]);

  // A mouse reports more often than the screen is drawn: a drag is drawn once a frame.
  const frame = useRef(0);
  const draw = useCallback((mayWait: boolean) => {
    const now = (): void => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
      setNodes(nodesNow.current);
    };
    if (!mayWait) now();
    else if (frame.current === 0) frame.current = requestAnimationFrame(now);
  }, []);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const onNodesChange = useCallback(
    (changes: NodeChange<TaskFlowNode>[]) => {
      const relevant = changes.filter(({ type }) => type === 'position' || type === 'select');
      if (relevant.length === 0) {
        return;
      }
      nodesNow.current = applyNodeChanges(relevant, nodesNow.current);
      draw(relevant.every((change) => change.type === 'position' && change.dragging === true));
      if (relevant.some(({ type }) => type === 'select')) {
        tellSelection();
      }
      const places = new Map(nodesNow.current.map((node) => [node.id, node.position]));
      const moved: Record<string, Point> = {};
      relevant.forEach((change) => {
        const place = change.type === 'position' && change.dragging !== true ? places.get(change.id) : undefined;
        if (place !== undefined && change.type === 'position') {
          moved[change.id] = { x: place.x, y: place.y };
        }
      });
      if (editing !== undefined && Object.keys(moved).length > 0) {
        editing.onMove(moved satisfies Positions);
      }
    },
    [draw, editing, tellSelection],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<DiagramFlowEdge>[]) => {
      const relevant = changes.filter(({ type }) => type === 'select');
      if (relevant.length > 0) {
        edgesNow.current = applyEdgeChanges(relevant, edgesNow.current);
        setEdges(edgesNow.current);
        tellSelection();
      }
    },
    [tellSelection],
  );

  const onConnect = useStable(({ source, target, sourceHandle }: Connection) =>
    editing?.onConnect(source, target, sourceHandle === 'failed' || sourceHandle === 'success' ? sourceHandle : null),
  );
  const isValidConnection = useStable(
    ({ source, target }: Connection | DiagramFlowEdge) => editing?.canConnect(source, target) ?? false,
  );

  return {
    nodes,
    edges,
    onNodesChange,
    onEdgesChange,
    onConnect,
    isValidConnection,
    toCanvas: (x: number, y: number): Point => flow.screenToFlowPosition({ x, y }),
  };
}
