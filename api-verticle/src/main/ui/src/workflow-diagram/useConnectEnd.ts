import type { OnConnectEnd } from '@xyflow/react';
import type { DiagramEditing } from './DiagramCanvas';
import type { Outlet } from './edit';

type AskForTask = (x: number, y: number, from: string, outlet: Outlet) => void;

/**
 * An edge that is let go anywhere on a task leads to that task, not only on its small port; where there is nothing,
 * the page is asked what to add.
 */
export function useConnectEnd(editing: DiagramEditing | undefined, askForTask: AskForTask): OnConnectEnd {
  return (event, { isValid, fromNode, fromHandle }) => {
    const pointer = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (editing === undefined || isValid === true || fromNode === null || pointer === undefined) {
      return;
    }
    const id = fromHandle?.id;
    const outlet: Outlet = id === 'success' || id === 'failed' ? id : null;
    const below = document.elementFromPoint(pointer.clientX, pointer.clientY);
    const other = below?.closest('.react-flow__node')?.getAttribute('data-id');
    const [from, to] = fromHandle?.type === 'target' ? [other, fromNode.id] : [fromNode.id, other];
    if (from != null && to != null) {
      if (editing.canConnect(from, to)) editing.onConnect(from, to, outlet);
    } else if (fromHandle?.type === 'source' && below?.closest('.react-flow__pane') != null) {
      askForTask(pointer.clientX, pointer.clientY, fromNode.id, outlet);
    }
  };
}
