import { useReactFlow } from '@xyflow/react';
import type { Edge, Node } from '@xyflow/react';
import { useState } from 'react';
import type { MouseEvent as ReactMouseEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagramCanvasProps, MenuTarget } from './DiagramCanvas';
import type { OpenMenu } from './DiagramMenu';
import type { Outlet } from './edit';
import { useStable } from './useStable';

type AnyMouseEvent = MouseEvent | ReactMouseEvent;

/** Opens the context menu; what is not selected when it is asked for becomes the selection. */
export function useCanvasMenu(props: DiagramCanvasProps, frame: RefObject<HTMLDivElement | null>) {
  const { t } = useTranslation('diagram');
  const flow = useReactFlow();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const { menuItems, selection, onSelect } = props;

  const open = (event: AnyMouseEvent, target: MenuTarget, label: string): void => {
    const entries = menuItems?.(target) ?? [];
    event.preventDefault();
    if (entries.length > 0) {
      setMenu({ x: event.clientX, y: event.clientY, label, entries });
    }
  };

  /** After an edge that ends nowhere: what may be added there. */
  const askForTask = (x: number, y: number, from: string, outlet: Outlet): void => {
    const point = flow.screenToFlowPosition({ x, y });
    const entries = menuItems?.({ kind: 'nothing', from, outlet, point }) ?? [];
    if (entries.length > 0) {
      setMenu({ x, y, label: t('menuOfPane'), entries });
    }
  };

  const onNodeContextMenu = useStable((event: AnyMouseEvent, node: Node) => {
    if (!selection.tasks.has(node.id)) {
      onSelect({ tasks: new Set([node.id]), edges: new Set() });
    }
    open(event, { kind: 'task', name: node.id }, t('menuOf', { name: node.id }));
  });
  const onEdgeContextMenu = useStable((event: AnyMouseEvent, edge: Edge) => {
    const { id, source: from, target: to } = edge;
    onSelect({ tasks: new Set(), edges: new Set([id]) });
    open(event, { kind: 'edge', id, from, to }, t('menuOfEdge', { from, to }));
  });
  const onPaneContextMenu = useStable((event: AnyMouseEvent) => {
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    open(event, { kind: 'pane', point }, t('menuOfPane'));
  });
  const onSelectionContextMenu = useStable((event: AnyMouseEvent, nodes: Node[]) => {
    const [first] = nodes;
    if (first !== undefined) {
      open(event, { kind: 'task', name: first.id }, t('menuOf', { name: first.id }));
    }
  });

  return {
    menu,
    askForTask,
    closeMenu: () => {
      setMenu(null);
      frame.current?.querySelector<HTMLElement>('.react-flow__node.selected')?.focus({ preventScroll: true });
    },
    menuHandlers: { onNodeContextMenu, onEdgeContextMenu, onPaneContextMenu, onSelectionContextMenu },
  };
}
