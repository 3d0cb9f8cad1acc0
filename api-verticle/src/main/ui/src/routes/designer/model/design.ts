import type { WorkflowDocument } from '~/workflow-diagram/document';
import { renameTask } from '~/workflow-diagram/edit';
import type { PlacedFault } from '~/workflow-diagram/faults';
import { begin, record, redo, undo } from '~/workflow-diagram/history';
import type { History } from '~/workflow-diagram/history';
import { onlyOf, rename } from '~/workflow-diagram/positions';
import type { Positions } from '~/workflow-diagram/positions';
import { keepExisting, NOTHING, ofTasks, withoutSelection } from '~/workflow-diagram/selection';
import type { Selection } from '~/workflow-diagram/selection';

/** What is drawn: the workflow, and where its tasks stand. */
export interface Design {
  readonly document: WorkflowDocument;
  readonly positions: Positions;
}

export interface DesignState {
  readonly history: History<Design>;
  /** As it stands on the server; null before the first save. */
  readonly saved: Design | null;
  readonly selection: Selection;
  /** What the server found wrong with the document when it was asked last. */
  readonly faults: readonly PlacedFault[];
}

export type DesignAction =
  | { type: 'change'; next: Design; key: string | null; now: number; selection?: Selection }
  | { type: 'rename'; from: string; to: string; now: number }
  | { type: 'remove'; selection: Selection; now: number }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'select'; selection: Selection }
  | { type: 'faults'; faults: readonly PlacedFault[] }
  | { type: 'saved'; design: Design }
  | { type: 'arranged'; positions: Positions };

export function startDesign(design: Design, isSaved: boolean): DesignState {
  return { history: begin(design), saved: isSaved ? design : null, selection: NOTHING, faults: [] };
}

function moved(state: DesignState, history: History<Design>): DesignState {
  return history === state.history ? state : { ...state, history, selection: keepExisting(state.selection, history.present.document) };
}

function renamed(state: DesignState, from: string, to: string, now: number): DesignState {
  const { document, positions } = state.history.present;
  const next = renameTask(document, from, to);
  if (next === document) {
    return state;
  }
  const design = { document: next, positions: rename(positions, from, to) };
  return {
    ...state,
    history: record(state.history, design, null, now),
    selection: ofTasks([...state.selection.tasks].map((name) => (name === from ? to : name))),
    faults: state.faults.map((found) => (found.task === from ? { ...found, task: to } : found)),
  };
}

export function reduceDesign(state: DesignState, action: DesignAction): DesignState {
  switch (action.type) {
    case 'change': {
      const next = moved(state, record(state.history, action.next, action.key, action.now));
      return action.selection === undefined ? next : { ...next, selection: action.selection };
    }
    case 'rename':
      return renamed(state, action.from, action.to, action.now);
    case 'remove': {
      const document = withoutSelection(state.history.present.document, action.selection);
      const positions = onlyOf(document, state.history.present.positions);
      return moved(state, record(state.history, { document, positions }, null, action.now));
    }
    case 'undo':
      return moved(state, undo(state.history));
    case 'redo':
      return moved(state, redo(state.history));
    case 'select':
      return { ...state, selection: action.selection };
    case 'faults':
      return { ...state, faults: action.faults };
    case 'saved':
      return { ...state, saved: action.design };
    case 'arranged': {
      // Places that were computed because none were saved are no change of anybody's.
      const design = { ...state.history.present, positions: action.positions };
      const isUntouched = state.saved === state.history.present;
      return {
        ...state,
        history: { ...state.history, present: design },
        saved: isUntouched ? design : state.saved,
      };
    }
  }
}

export function isDocumentChanged({ history, saved }: DesignState): boolean {
  return saved === null ? history.past.length > 0 : saved.document !== history.present.document;
}

export function isChanged(state: DesignState): boolean {
  return isDocumentChanged(state) || (state.saved !== null && state.saved.positions !== state.history.present.positions);
}
