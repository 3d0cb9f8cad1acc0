import { useCallback, useMemo, useRef, useState } from 'react';
import type { TaskNode, WorkflowDocument } from '~/workflow-diagram/document';
import { addTask, connect, freeName, setField, setForbidden, setHead, taskNames, updateTask } from '~/workflow-diagram/edit';
import type { Outlet } from '~/workflow-diagram/edit';
import { copy, paste } from '~/workflow-diagram/clipboard';
import type { Clip } from '~/workflow-diagram/clipboard';
import type { PlacedFault } from '~/workflow-diagram/faults';
import { freePlace } from '~/workflow-diagram/positions';
import type { Point, Positions } from '~/workflow-diagram/positions';
import { ofTasks } from '~/workflow-diagram/selection';
import type { Selection } from '~/workflow-diagram/selection';
import { reduceDesign, startDesign } from './model/design';
import type { Design, DesignAction, DesignState } from './model/design';

/** The design and everything that can be done with it; every change can be undone. */
export interface DesignActions {
  /** @param key changes with the same key that follow each other closely are one step to undo */
  change(document: WorkflowDocument, key?: string | null): void;
  setTaskField(task: string, field: string, value: unknown): void;
  setHeadField(field: string, value: unknown): void;
  rename(from: string, to: string): void;
  add(task: TaskNode, place: Point): string;
  remove(selection: Selection): void;
  connect(from: string, to: string, outlet: Outlet): boolean;
  forbid(tasks: ReadonlySet<string>, forbidden: boolean): void;
  paste(clip: Clip): void;
  duplicate(tasks: ReadonlySet<string>): void;
  move(moved: Positions): void;
  /** Places by the layout; `isFirst`: nobody's change. */
  arrange(positions: Positions, isFirst: boolean): void;
  replace(design: Design): void;
  select(selection: Selection): void;
  undo(): void;
  redo(): void;
  faults(faults: readonly PlacedFault[]): void;
  saved(design: Design): void;
}

export function useDesign(initial: () => Design, isSaved: boolean): [DesignState, DesignActions, () => DesignState] {
  const [state, setState] = useState(() => startDesign(initial(), isSaved));
  // Ahead of what is drawn, so that two changes in a row build on each other.
  const newest = useRef(state);
  const pastes = useRef<{ clip: Clip; times: number } | null>(null);

  const actions = useMemo((): DesignActions => {
    const dispatch = (action: DesignAction): void => {
      newest.current = reduceDesign(newest.current, action);
      setState(newest.current);
    };
    const design = (): Design => newest.current.history.present;
    const set = (next: Partial<Design>, key: string | null = null, selection?: Selection): void => {
      if (selection === undefined && next.positions === undefined && next.document === design().document) return;
      const change = { type: 'change' as const, next: { ...design(), ...next }, key, now: Date.now() };
      dispatch(selection === undefined ? change : { ...change, selection });
    };
    const put = (clip: Clip, times: number): void => {
      const pasted = paste(design().document, design().positions, clip, times);
      set({ document: pasted.document, positions: pasted.positions }, null, ofTasks(pasted.names));
    };
    return {
      change: (document, key = null) => set({ document }, key),
      setTaskField: (task, field, value) =>
        set({ document: updateTask(design().document, task, (old) => setField(old, field, value)) }, `${task}/${field}`),
      setHeadField: (field, value) => set({ document: setHead(design().document, field, value) }, `head/${field}`),
      rename: (from, to) => dispatch({ type: 'rename', from, to, now: Date.now() }),
      add(task, place) {
        const name = freeName(taskNames(design().document), task.name);
        const { document } = addTask(design().document, task);
        const positions = { ...design().positions, [name]: freePlace(design().positions, place) };
        set({ document, positions }, null, ofTasks([name]));
        return name;
      },
      remove: (selection) => dispatch({ type: 'remove', selection, now: Date.now() }),
      connect(from, to, outlet) {
        const document = connect(design().document, from, to, outlet);
        if (document !== null) set({ document });
        return document !== null;
      },
      forbid: (tasks, forbidden) => set({ document: setForbidden(design().document, tasks, forbidden) }),
      paste(clip) {
        const times = pastes.current?.clip === clip ? pastes.current.times + 1 : 0;
        pastes.current = { clip, times };
        put(clip, times);
      },
      duplicate: (tasks) => put(copy(design().document, design().positions, tasks), 0),
      move(moved) {
        const { positions } = design();
        const isMoved = Object.entries(moved).some(
          ([name, { x, y }]) => positions[name]?.x !== x || positions[name]?.y !== y,
        );
        if (isMoved) set({ positions: { ...positions, ...moved } }, `move/${Object.keys(moved).join('/')}`);
      },
      arrange(positions, isFirst) {
        if (isFirst) dispatch({ type: 'arranged', positions });
        else set({ positions });
      },
      replace: (next) => set(next),
      select: (selection) => dispatch({ type: 'select', selection }),
      undo: () => dispatch({ type: 'undo' }),
      redo: () => dispatch({ type: 'redo' }),
      faults: (faults) => dispatch({ type: 'faults', faults }),
      saved: (saved) => dispatch({ type: 'saved', design: saved }),
    };
  }, []);

  return [state, actions, useCallback(() => newest.current, [])];
}
