import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstLanguage } from './i18n';

const folder = import.meta.dirname;

function keys(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  const found = new Map<string, string>();
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    for (const [innerPath, text] of keys(inner, path ? `${path}.${key}` : key)) found.set(innerPath, text);
  }
  return found;
}

const places = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort();
/** Chinese has one plural form, English two. */
const singular = (key: string) => key.replace(/_(one|other)$/, '');

describe('texts', () => {
  for (const file of readdirSync(join(folder, 'en'))) {
    it(`${file} says the same in both languages`, () => {
      const english = keys(JSON.parse(readFileSync(join(folder, 'en', file), 'utf8')));
      const chinese = keys(JSON.parse(readFileSync(join(folder, 'zh', file), 'utf8')));
      expect(new Set([...chinese.keys()].map(singular))).toEqual(new Set([...english.keys()].map(singular)));
      for (const [key, text] of chinese) {
        expect(text.trim(), key).not.toBe('');
        const other = english.get(key) ?? english.get(`${singular(key)}_other`);
        expect(places(text), key).toEqual(places(other ?? ''));
      }
    });
  }
});

describe('the first language', () => {
  it('is the one chosen before, else the first known one of the browser', () => {
    expect(firstLanguage('zh', ['en-GB'])).toBe('zh');
    expect(firstLanguage(null, ['fr-FR', 'zh-TW', 'en'])).toBe('zh');
    expect(firstLanguage('fr', ['de'])).toBe('en');
  });
});
