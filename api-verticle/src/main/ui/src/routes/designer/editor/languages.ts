import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

/** Each language is a chunk of its own, loaded when an editor asks for it. */
const LOADERS: Record<string, () => Promise<Extension>> = {
  shell: async () => StreamLanguage.define((await import('@codemirror/legacy-modes/mode/shell')).shell),
  python: async () => (await import('@codemirror/lang-python')).python(),
  sql: async () => (await import('@codemirror/lang-sql')).sql(),
  yaml: async () => (await import('@codemirror/lang-yaml')).yaml(),
  json: async () => (await import('@codemirror/lang-json')).json(),
};

/** No highlighting for a language that is not known. */
export function loadLanguage(name: string): Promise<Extension> {
  return LOADERS[name.toLowerCase()]?.() ?? Promise.resolve([]);
}
