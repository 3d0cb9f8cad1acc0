import { Button, Code, Stack, Text, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { HttpProblem } from '~/services/http';
import { Problem } from './Problem';
import { useTitle } from './useTitle';

/** What the error boundary of each route shows: a "no" of the server as such, anything else as a fault of the page. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  useTitle(t('error.title'));
  if (error instanceof HttpProblem) {
    return (
      <div style={{ maxWidth: 720, margin: '48px auto', padding: '0 24px' }}>
        <Problem problem={error} onRetry={reset} />
      </div>
    );
  }
  return (
    <Stack maw={720} mx="auto" my={48} px={24} gap={12} role="alert">
      <Title order={1}>{t('error.crashTitle')}</Title>
      <Text size="md">{t('error.crash')}</Text>
      <Code block>{error instanceof Error ? error.message : String(error)}</Code>
      <div>
        <Button onClick={() => location.reload()}>{t('action.reload')}</Button>
      </div>
    </Stack>
  );
}
