import { describe, expect, it } from 'vitest';
import { readInstanceSearch, readInstancesSearch, readLoginSearch, readLogSearch } from './search';

describe('addresses', () => {
  it('lead back after a log-in only to this server', () => {
    expect(readLoginSearch({ next: '/instances?state=FAILED' }).next).toBe('/instances?state=FAILED');
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 7]) {
      expect(readLoginSearch({ next }).next, String(next)).toBeUndefined();
    }
  });

  it('leave out what makes no sense', () => {
    expect(readInstanceSearch({ view: 'nonsense', task: 12 })).toEqual({ view: undefined, task: '12' });
    expect(readInstancesSearch({ state: '', workflow: 'etl' }).workflow).toBe('etl');
    expect(readLogSearch({ at: '-5' }).at).toBeUndefined();
    expect(readLogSearch({ at: '1073741824' }).at).toBe(1_073_741_824);
  });
});
