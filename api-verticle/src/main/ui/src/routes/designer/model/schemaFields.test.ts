import { describe, expect, it } from 'vitest';
import type { ObjectSchema } from '~/services/formSchema';
import { fieldsOf, groupsOf, isDefault, widgetOf } from './schemaFields';

const schema: ObjectSchema = {
  required: ['command'],
  'x-groups': [
    { name: 'main', title: 'Main' },
    { name: 'retry', title: 'Retry', 'x-i18n': { zh: { title: '重试' } } },
    { name: 'empty', title: 'Empty' },
  ],
  properties: {
    name: { type: 'string', 'x-widget': 'hidden' },
    command: { type: 'string', title: 'Script', 'x-widget': 'script', 'x-language': 'shell' },
    fail_retry_times: { type: 'integer', 'x-group': 'retry', default: 0 },
    strategy: {
      enum: ['A', 'B'],
      'x-enum': { A: 'First' },
      'x-i18n': { zh: { title: '策略', enum: { A: '第一' } } },
    },
    strange: { type: 'array', 'x-widget': 'hologram' },
  },
};

describe('fieldsOf', () => {
  it('gives the visible fields in order, with their widgets', () => {
    expect(fieldsOf(schema, 'en').map(({ key, widget, isRequired }) => [key, widget, isRequired])).toEqual([
      ['command', 'script', true],
      ['fail_retry_times', 'number', false],
      ['strategy', 'select', false],
      ['strange', 'strings', false],
    ]);
  });

  it('speaks the language, and English where a text is missing', () => {
    const [command, retries, strategy] = fieldsOf(schema, 'zh-CN');

    expect([command?.title, retries?.title, strategy?.title]).toEqual(['Script', 'Fail retry times', '策略']);
    expect(strategy?.options).toEqual([
      { value: 'A', label: '第一' },
      { value: 'B', label: 'B' },
    ]);
  });
});

describe('groupsOf', () => {
  it('sorts fields into the sections of the schema', () => {
    expect(groupsOf(schema, 'zh').map(({ title, fields }) => [title, fields.length])).toEqual([
      ['Main', 3],
      ['重试', 1],
    ]);
  });
});

describe('widgetOf', () => {
  it.each([
    [{ type: 'boolean' }, 'switch'],
    [{ type: ['number', 'null'] }, 'number'],
    [{ type: 'object' }, 'json'],
    [{}, 'text'],
  ])('chooses for %j', (property, widget) => {
    expect(widgetOf(property)).toBe(widget);
  });
});

describe('isDefault', () => {
  it('compares by what is written', () => {
    expect(isDefault({ default: 0 }, '0')).toBe(true);
    expect(isDefault({ default: 'MEDIUM' }, 'medium')).toBe(true);
    expect(isDefault({}, undefined)).toBe(false);
  });
});
