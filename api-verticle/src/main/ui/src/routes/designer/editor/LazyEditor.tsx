import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './CodeEditor';

const CodeEditor = lazy(() => import('./CodeEditor'));

/** CodeMirror comes when the first editor is shown; until then its place is kept. */
export function LazyEditor(props: CodeEditorProps) {
  const height = props.maxHeight === 'fill' ? '100%' : (props.minHeight ?? 120) + 16;
  return (
    <Suspense fallback={<Skeleton height={height} radius={0} />}>
      <CodeEditor {...props} />
    </Suspense>
  );
}
