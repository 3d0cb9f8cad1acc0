import type { WorkflowDocument } from './document';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where tasks stand in a diagram, by name: the upper left corner of the node. */
export type Positions = Readonly<Record<string, Point>>;

export const NODE_WIDTH = 216;
export const NODE_HEIGHT = 72;
export const GAP_X = 96;
export const GAP_Y = 24;
export const GRID = 8;

export function snap(point: Point): Point {
  return { x: Math.round(point.x / GRID) * GRID, y: Math.round(point.y / GRID) * GRID };
}

/** A place for a new node at or near the wanted one where it covers no other. */
export function freePlace(positions: Positions, wanted: Point): Point {
  const all = Object.values(positions);
  const isFree = (place: Point): boolean =>
    all.every(
      (other) => Math.abs(other.x - place.x) >= NODE_WIDTH || Math.abs(other.y - place.y) >= NODE_HEIGHT,
    );
  let place = snap(wanted);
  while (!isFree(place)) {
    place = { x: place.x, y: place.y + NODE_HEIGHT + GAP_Y };
  }
  return place;
}

/** Right of a task, for one that is added behind it. */
export function behind(point: Point): Point {
  return { x: point.x + NODE_WIDTH + GAP_X, y: point.y };
}

/** Whether every task has a place; if not, a layout is due. */
export function isComplete(document: WorkflowDocument, positions: Positions): boolean {
  return document.tasks.every((task) => positions[task.name] !== undefined);
}

/** Places of tasks that still exist. */
export function onlyOf(document: WorkflowDocument, positions: Positions): Positions {
  return Object.fromEntries(
    document.tasks.flatMap((task) => {
      const place = positions[task.name];
      return place === undefined ? [] : [[task.name, place]];
    }),
  );
}

export function rename(positions: Positions, from: string, to: string): Positions {
  const { [from]: place, ...rest } = positions;
  return place === undefined ? positions : { ...rest, [to]: place };
}
