import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { NODE_HEIGHT, NODE_WIDTH } from './positions';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A diagram that was seen as a whole is so again when its frame gets smaller: a panel opens beside it, for example. */
export function useKeptInSight(frame: RefObject<HTMLDivElement | null>, fit: () => void): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let before: Size | null = null;
    const isWhole = ({ width, height }: Size): boolean => {
      const { x, y, zoom } = flow.getViewport();
      return flow.getNodes().every(({ position }) => {
        const left = position.x * zoom + x;
        const top = position.y * zoom + y;
        return left >= 0 && top >= 0 && left + NODE_WIDTH * zoom <= width && top + NODE_HEIGHT * zoom <= height;
      });
    };
    const observer = new ResizeObserver(() => {
      const now = { width: element.clientWidth, height: element.clientHeight };
      if (before !== null && isWhole(before) && !isWhole(now)) fit();
      before = now;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [fit, flow, frame]);
}
