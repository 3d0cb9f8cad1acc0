import { describe, expect, it } from 'vitest';
import { doubleNames, startForm, startRequest } from './startForm';

const document = {
  workflow: { name: 'w', param: [{ prop: 'day', type: 'DATE', value: '2026-01-31' }, { prop: 'sum', direct: 'OUT' }] },
  tasks: [],
};
const form = startForm(document, ['a'], 'TASK_ONLY');

describe('a start', () => {
  it('shows the workflow’s parameters with their defaults, results left out', () => {
    expect(form.params).toEqual([{ name: 'day', type: 'DATE', usual: '2026-01-31', value: '2026-01-31' }]);
  });

  it('sends only what differs', () => {
    expect(startRequest(form)).toEqual({ params: {}, startNodes: ['a'], nodeScope: 'TASK_ONLY', dryRun: false });
    const params = [{ ...form.params[0]!, value: '' }, { name: ' x ', type: 'VARCHAR', usual: null, value: '1' }];

    expect(startRequest({ ...form, params, startNodes: [], priority: 'HIGH', workerGroup: ' gpu ' })).toEqual({
      params: { day: '', x: '1' },
      startNodes: [],
      priority: 'HIGH',
      workerGroup: 'gpu',
      dryRun: false,
    });
  });

  it('knows names that stand twice', () => {
    const added = { name: ' day', type: 'VARCHAR', usual: null, value: '' };

    expect([...doubleNames([...form.params, added])]).toEqual(['day']);
  });
});
