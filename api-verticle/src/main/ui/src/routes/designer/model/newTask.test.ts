import { describe, expect, it } from 'vitest';
import { findType } from '~/services/taskTypes';
import { newTask, withSpellings } from './newTask';

const conditions = {
  name: 'CONDITIONS',
  spelling: 'Condition',
  aliases: ['Conditions'],
  category: 'logic',
  runsOn: 'master',
  icon: 'conditions',
  title: 'Condition',
  description: '',
  'x-i18n': {},
  schema: { required: ['op', 'groups'], properties: { op: { enum: ['AND', 'OR'] }, groups: { type: 'array' } } },
};

describe('a task from the palette', () => {
  it('has what its type demands, where there is a usual value', () => {
    expect(newTask(conditions)).toEqual({ name: 'conditions', task_type: 'Condition', op: 'AND' });
  });

  it('finds its type by any spelling', () => {
    expect(findType([conditions], 'conditions')).toBe(conditions);
    expect(findType([conditions], 'Shell')).toBeUndefined();
  });

  it('is spelled as files write it', () => {
    const tasks = [{ name: 'a', task_type: 'CONDITIONS' }, { name: 'b', task_type: 'Unknown' }];

    expect(withSpellings({ workflow: { name: 'w' }, tasks }, [conditions]).tasks.map((t) => t.task_type)).toEqual([
      'Condition',
      'Unknown',
    ]);
  });
});
