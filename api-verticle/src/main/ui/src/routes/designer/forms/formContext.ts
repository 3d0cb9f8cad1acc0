import { createContext, useContext } from 'react';
import type { TaskNode, WorkflowDocument } from '~/workflow-diagram/document';
import type { PlacedFault } from '~/workflow-diagram/faults';

/** What every widget of a form may need to know. */
export interface FormContextValue {
  readonly project: string;
  readonly document: WorkflowDocument;
  /** The task that is edited; null: the workflow's own settings. */
  readonly task: TaskNode | null;
  readonly faults: readonly PlacedFault[];
  readonly isReadOnly: boolean;
}

export const FormContext = createContext<FormContextValue | null>(null);

export function useForm(): FormContextValue {
  const value = useContext(FormContext);
  if (value === null) {
    throw new Error('a widget stands outside of a form');
  }
  return value;
}
