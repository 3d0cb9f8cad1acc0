import { describe, expect, it } from 'vitest';
import { fromYaml, nameInYaml, toYaml } from './yamlText';

const document = {
  workflow: { name: 'w', param: { day: '$[yyyy-MM-dd-1]' } },
  tasks: [
    { name: 'a', task_type: 'Shell', command: 'echo "1"\necho 2\n' },
    { name: 'b', task_type: 'Shell', deps: ['a'], command: 'yes: no' },
  ],
};

describe('YAML', () => {
  it('shows scripts as blocks and reads back the same', () => {
    expect(toYaml(document)).toContain('command: |\n      echo "1"\n      echo 2\n');
    expect(fromYaml(toYaml(document))).toEqual(document);
  });

  it('finds the name, if there is one yet', () => {
    expect(nameInYaml('workflow: {name: x}\ntasks: []')).toBe('x');
    expect(nameInYaml('workflow: {name: ')).toBeNull();
    expect(nameInYaml('tasks: []')).toBeNull();
  });
});
