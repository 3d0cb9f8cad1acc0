import { describe, expect, it } from 'vitest';
import { findType, newTask } from './newTask';

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
});
