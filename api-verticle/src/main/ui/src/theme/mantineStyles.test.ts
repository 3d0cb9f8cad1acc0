import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const sources = join(import.meta.dirname, '..');
const styles = join(sources, '../node_modules/@mantine/core/styles');

it('every Mantine component in use has its styles', () => {
  const imported = readFileSync(join(sources, 'theme/mantineStyles.ts'), 'utf8');
  const used = new Set<string>();
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const [, names = ''] of readFileSync(join(sources, file), 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)) {
      names.split(',').forEach((name) => used.add(name.trim()));
    }
  }
  expect(used).toContain('Button');
  const styled = [...used].filter((name) => existsSync(join(styles, `${name}.css`)));
  expect(styled.filter((name) => !imported.includes(`/${name}.css'`))).toEqual([]);
});
