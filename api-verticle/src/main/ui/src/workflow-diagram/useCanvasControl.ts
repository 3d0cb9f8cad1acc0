import { useReactFlow } from '@xyflow/react';
import { useImperativeHandle } from 'react';
import type { Ref, RefObject } from 'react';
import { NODE_HEIGHT, NODE_WIDTH } from './positions';
import type { Point } from './positions';

/** What a page may do with its diagram. */
export interface CanvasControl {
  /** Shows everything. */
  fit(): void;
  /** Moves the picture just as far as a task needs to be seen; `nearer`: and so near that it can be read. */
  reveal(name: string, nearer: boolean): void;
  /** The place of a node in the middle of what is seen now. */
  middle(): Point;
}

const MILLIS = 160;
const ZOOM_READABLE = 0.5;
const DRAWN_MILLIS = 120;
const MARGIN = 24;

/** How far something must move to lie within the frame; 0 when it does. */
function shift(start: number, length: number, frame: number): number {
  if (start < MARGIN) {
    return MARGIN - start;
  }
  const beyond = start + length + MARGIN - frame;
  return beyond > 0 ? -beyond : 0;
}

export function useCanvasControl(
  control: Ref<CanvasControl> | undefined,
  frame: RefObject<HTMLDivElement | null>,
): void {
  const flow = useReactFlow();
  useImperativeHandle(control, () => ({
    fit() {
      // New places reach XYFlow only after two rounds of drawing.
      setTimeout(() => void flow.fitView({ duration: MILLIS, maxZoom: 1, padding: 0.12 }), DRAWN_MILLIS);
    },
    reveal(name, nearer) {
      const node = flow.getNode(name);
      const box = frame.current?.getBoundingClientRect();
      if (node === undefined || box === undefined) {
        return;
      }
      const { x, y, zoom } = flow.getViewport();
      if (nearer && zoom < ZOOM_READABLE) {
        const centre = { x: node.position.x + NODE_WIDTH / 2, y: node.position.y + NODE_HEIGHT / 2 };
        void flow.setCenter(centre.x, centre.y, { zoom: 0.8, duration: MILLIS });
        return;
      }
      const dx = shift(node.position.x * zoom + x, NODE_WIDTH * zoom, box.width);
      const dy = shift(node.position.y * zoom + y, NODE_HEIGHT * zoom, box.height);
      if (dx !== 0 || dy !== 0) {
        void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: MILLIS });
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
