import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { HttpProblem } from '~/services/http';
import { problemText } from './problemText';

/** A failure in the place where its content would stand, with the next step. */
export function Problem({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const faults = problem instanceof HttpProblem ? problem.errors : [];
  return (
    <Alert
      role="alert"
      variant="default"
      icon={<IconAlertCircle aria-hidden />}
      title={t('error.title')}
      styles={{ icon: { color: 'var(--state-failed)' } }}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {problemText(problem, t)}
      </Text>
      {faults.length > 0 && (
        <List size="sm" mt={8}>
          {faults.map((fault, index) => (
            <List.Item key={index}>
              {fault.path && <code>{fault.path}: </code>}
              {fault.message}
            </List.Item>
          ))}
        </List>
      )}
      {onRetry && (
        <Group mt={12}>
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
