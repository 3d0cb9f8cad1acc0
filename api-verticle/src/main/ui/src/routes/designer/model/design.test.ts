import { describe, expect, it } from 'vitest';
import { ofTasks } from '~/workflow-diagram/selection';
import { isChanged, isDocumentChanged, reduceDesign, startDesign } from './design';
import type { Design, DesignAction, DesignState } from './design';

const design: Design = {
  document: {
    workflow: { name: 'w' },
    tasks: [
      { name: 'a', task_type: 'Shell' },
      { name: 'b', task_type: 'Shell', deps: ['a'] },
    ],
  },
  positions: { a: { x: 0, y: 0 }, b: { x: 288, y: 0 } },
};

function after(state: DesignState, ...actions: DesignAction[]): DesignState {
  return actions.reduce(reduceDesign, state);
}

const start = startDesign(design, true);
const selectA: DesignAction = { type: 'select', selection: ofTasks(['a']) };

describe('reduceDesign', () => {
  it('is changed until it is saved, or until the change is undone', () => {
    const changed = after(start, { type: 'remove', selection: ofTasks(['a']), now: 0 });

    expect(isChanged(changed)).toBe(true);
    expect(isChanged(after(changed, { type: 'undo' }))).toBe(false);
    expect(isChanged(after(changed, { type: 'saved', design: changed.history.present }))).toBe(false);
  });

  it('tells a moved task from a changed workflow', () => {
    const next = { ...design, positions: { ...design.positions, a: { x: 8, y: 8 } } };
    const dragged = after(start, { type: 'change', next, key: 'move', now: 0 });

    expect([isChanged(dragged), isDocumentChanged(dragged)]).toEqual([true, false]);
  });

  it('takes selection, place and faults along when a task is renamed', () => {
    const fault = { fault: { path: 'tasks[0]', message: 'm' }, task: 'a', field: null, rest: '' };
    const renamed = after(start, selectA, { type: 'faults', faults: [fault] }, { type: 'rename', from: 'a', to: 'c', now: 0 });

    expect([...renamed.selection.tasks]).toEqual(['c']);
    expect(renamed.history.present.positions.c).toEqual({ x: 0, y: 0 });
    expect(renamed.faults[0]?.task).toBe('c');
    expect(renamed.history.present.document.tasks[1]?.deps).toEqual(['c']);
  });

  it('forgets a selection that undo takes away', () => {
    const removed = after(start, selectA, { type: 'remove', selection: ofTasks(['a']), now: 0 });

    expect(removed.selection.tasks.size).toBe(0);
    expect(removed.history.present.positions).toEqual({ b: { x: 288, y: 0 } });
  });

  it('does not call a computed layout a change', () => {
    const arranged = after(start, { type: 'arranged', positions: { a: { x: 1, y: 1 }, b: { x: 2, y: 2 } } });

    expect(isChanged(arranged)).toBe(false);
    expect(arranged.history.past).toEqual([]);
  });
});
