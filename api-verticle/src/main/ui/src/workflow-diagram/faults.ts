import type { WorkflowDocument } from './document';

/** One thing that the server finds wrong with a document. Line and column are those of the text it was sent. */
export interface Fault {
  readonly line?: number | null;
  readonly column?: number | null;
  readonly path: string;
  readonly message: string;
}

/** Where a fault belongs in the designer. */
export interface PlacedFault {
  readonly fault: Fault;
  /** Name of the task; null: the workflow itself, or the document as a whole. */
  readonly task: string | null;
  /** Key of the task or workflow, e.g. `command`; null: the whole task. */
  readonly field: string | null;
  /** What is below the field, e.g. `[0].condition`; empty: the field itself. */
  readonly rest: string;
}

const TASK_PATH = /^tasks\[(\d+)](?:\.([^.[]+)(.*))?$/s;
const HEAD_PATH = /^workflow(?:\.([^.[]+)(.*))?$/s;
const MISSING = /^"([^"]+)" is missing/;

export function placeFault(document: WorkflowDocument, fault: Fault): PlacedFault {
  const inTask = TASK_PATH.exec(fault.path);
  const missing = MISSING.exec(fault.message)?.[1] ?? null;
  if (inTask !== null) {
    const task = document.tasks[Number(inTask[1])]?.name ?? null;
    const field = inTask[2] ?? missing;
    return { fault, task, field, rest: inTask[3] ?? '' };
  }
  const inHead = HEAD_PATH.exec(fault.path);
  if (inHead !== null) {
    return { fault, task: null, field: inHead[1] ?? missing, rest: inHead[2] ?? '' };
  }
  return { fault, task: null, field: null, rest: '' };
}

export function placeFaults(document: WorkflowDocument, faults: readonly Fault[]): readonly PlacedFault[] {
  return faults.map((fault) => placeFault(document, fault));
}

/** Whether a fault says no more than that its field is empty. */
export function isMissing({ fault, field }: PlacedFault): boolean {
  return field !== null && MISSING.exec(fault.message)?.[1] === field;
}

/** How many faults each task has, for the marks on the nodes. */
export function faultsByTask(placed: readonly PlacedFault[]): ReadonlyMap<string, readonly PlacedFault[]> {
  const map = new Map<string, PlacedFault[]>();
  placed.forEach((found) => {
    if (found.task !== null) {
      map.set(found.task, [...(map.get(found.task) ?? []), found]);
    }
  });
  return map;
}

/** The messages for one field of a form; those of what stands inside it begin with where. */
export function fieldMessages(
  placed: readonly PlacedFault[],
  task: string | null,
  field: string,
): string | undefined {
  const own = placed.filter((found) => found.task === task && found.field === field);
  if (own.length === 0) {
    return undefined;
  }
  return own.map(({ fault, rest }) => (rest === '' ? fault.message : `${rest}: ${fault.message}`)).join('\n');
}

/** Messages at a place below a field, e.g. field `condition`, rest `[1].condition`. */
export function innerMessage(
  placed: readonly PlacedFault[],
  task: string,
  field: string,
  rest: string,
): string | undefined {
  return placed.find((found) => found.task === task && found.field === field && found.rest === rest)?.fault
    .message;
}
