import { useReactFlow } from '@xyflow/react';
import { useImperativeHandle } from 'react';
import type { Ref, RefObject } from 'react';
import { NODE_HEIGHT, NODE_WIDTH } from './positions';
import type { Point } from './positions';

/** What a page may do with its diagram. */
export interface CanvasControl {
  /** Shows everything. */
  fit(): void;
  /** Brings a task into the middle, unless it can be seen already, and gives it the focus. */
  reveal(name: string): void;
  /** The place of a node in the middle of what is seen now. */
  middle(): Point;
}

const MILLIS = 160;

export function useCanvasControl(
  control: Ref<CanvasControl> | undefined,
  frame: RefObject<HTMLDivElement | null>,
): void {
  const flow = useReactFlow();
  useImperativeHandle(control, () => ({
    fit() {
      // After React has drawn the nodes that are to be fitted.
      requestAnimationFrame(() => void flow.fitView({ duration: MILLIS, maxZoom: 1, padding: 0.12 }));
    },
    reveal(name) {
      const node = flow.getNode(name);
      const box = frame.current?.getBoundingClientRect();
      if (node === undefined || box === undefined) {
        return;
      }
      const { x, y, zoom } = flow.getViewport();
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const isSeen =
        left >= 0 && top >= 0 && left + NODE_WIDTH * zoom <= box.width && top + NODE_HEIGHT * zoom <= box.height;
      if (!isSeen || zoom < 0.5) {
        void flow.setCenter(node.position.x + NODE_WIDTH / 2, node.position.y + NODE_HEIGHT / 2, {
          zoom: Math.max(zoom, 0.8),
          duration: MILLIS,
        });
      }
    },
    middle() {
      const box = frame.current?.getBoundingClientRect();
      if (box === undefined) {
        return { x: 0, y: 0 };
      }
      const centre = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
      return { x: centre.x - NODE_WIDTH / 2, y: centre.y - NODE_HEIGHT / 2 };
    },
  }), [flow, frame]);
}
