import { describe, expect, it } from 'vitest';
import type { WorkflowInstance } from './instances';
import { withChanges, withOlderPage, withSnapshot } from './instanceTable';

const row = (id: number, state = 'RUNNING') =>
  ({ id: String(id), createdTime: `2026-11-20T02:00:${String(id % 60).padStart(2, '0')}.000Z`, state }) as WorkflowInstance;
const ids = (table: { rows: WorkflowInstance[] }) => table.rows.map((found) => found.id);

describe('a live list of instances', () => {
  it('takes new rows at their place, changed ones in theirs, and lets go those that match no longer', () => {
    const before = { rows: [row(9), row(7), row(5)], next: 'older' };
    const after = withChanges(before, [row(10), row(7, 'FAILED')], ['5']);

    expect(ids(after)).toEqual(['10', '9', '7']);
    expect(after.rows[2]!.state).toBe('FAILED');
    expect(after.rows[1]).toBe(before.rows[0]);
  });

  it('ignores what is older than everything shown, unless everything is shown', () => {
    expect(ids(withChanges({ rows: [row(9)], next: 'older' }, [row(3)], []))).toEqual(['9']);
    expect(ids(withChanges({ rows: [row(9)], next: null }, [row(3)], []))).toEqual(['9', '3']);
  });

  it('keeps older pages when a snapshot replaces the first one', () => {
    const first = withSnapshot(null, [row(9), row(8)], 'c1', false);
    const two = withOlderPage(first, [row(8), row(7), row(6)], 'c2');
    expect(ids(two)).toEqual(['9', '8', '7', '6']);

    const after = withSnapshot(two, [row(10), row(9)], 'c3', true);
    expect(ids(after)).toEqual(['10', '9', '8', '7', '6']);
    expect(after.next).toBe('c2');
  });

  it('compares ids as numbers', () => {
    const same = (id: string) => ({ ...row(1), id }) as WorkflowInstance;
    expect(ids(withChanges({ rows: [same('9')], next: null }, [same('10')], []))).toEqual(['10', '9']);
  });
});
