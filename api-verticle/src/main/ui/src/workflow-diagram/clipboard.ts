import { parseDocument } from './document';
import type { TaskNode, WorkflowDocument } from './document';
import { freeName, mapReferences, taskNames } from './edit';
import type { Positions } from './positions';

/** What is copied: tasks with the edges among themselves, and where they stood. */
export interface Clip {
  readonly tasks: readonly TaskNode[];
  readonly positions: Positions;
}

const OFFSET = 40;
const MARK = 'porpoise/tasks';

export function copy(document: WorkflowDocument, positions: Positions, chosen: ReadonlySet<string>): Clip {
  return {
    tasks: document.tasks.filter((task) => chosen.has(task.name)),
    positions: Object.fromEntries(Object.entries(positions).filter(([name]) => chosen.has(name))),
  };
}

export interface Pasted {
  readonly document: WorkflowDocument;
  readonly positions: Positions;
  readonly names: readonly string[];
}

/**
 * Adds copies under free names. Edges among the copied tasks lead to the copies; edges to tasks outside are
 * kept where those exist in this document, and dropped where not.
 *
 * @param times how often this clip has been pasted before, so that copies do not cover each other
 */
export function paste(document: WorkflowDocument, positions: Positions, clip: Clip, times: number): Pasted {
  const taken = new Set(taskNames(document));
  const existing = taskNames(document);
  const renamed = new Map<string, string>();
  clip.tasks.forEach((task) => {
    const name = freeName(taken, task.name);
    taken.add(name);
    renamed.set(task.name, name);
  });
  const shift = OFFSET * (times + 1);
  const copies = clip.tasks.map((task) => {
    const name = renamed.get(task.name) ?? task.name;
    const mapped = mapReferences(
      task,
      (other) => renamed.get(other) ?? (existing.has(other) ? other : null),
    );
    return { ...mapped, name };
  });
  const moved = Object.fromEntries(
    clip.tasks.flatMap((task) => {
      const old = clip.positions[task.name];
      const name = renamed.get(task.name);
      return old === undefined || name === undefined ? [] : [[name, { x: old.x + shift, y: old.y + shift }]];
    }),
  );
  return {
    document: { ...document, tasks: [...document.tasks, ...copies] },
    positions: { ...positions, ...moved },
    names: copies.map((task) => task.name),
  };
}

/** As text for the system's clipboard, so that tasks can go from one window to another. */
export function clipToText(clip: Clip): string {
  return JSON.stringify({ kind: MARK, ...clip }, null, 2);
}

/** Null for any text that was not made by {@link clipToText}. */
export function clipFromText(text: string): Clip | null {
  if (!text.includes(MARK)) {
    return null;
  }
  try {
    const value = JSON.parse(text) as { kind?: unknown; tasks?: unknown; positions?: unknown };
    if (value.kind !== MARK) {
      return null;
    }
    const { tasks } = parseDocument({ workflow: { name: '' }, tasks: value.tasks });
    return { tasks, positions: (value.positions ?? {}) as Positions };
  } catch {
    return null;
  }
}
