import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './EmptyState';
import { useTitle } from './useTitle';

export function NotFoundPage() {
  const { t } = useTranslation();
  useTitle(t('error.notFoundTitle'));
  return (
    <EmptyState icon={IconMapOff} title={t('error.notFoundTitle')} text={t('error.notFound')}>
      <Button component={Link} to="/">
        {t('action.goHome')}
      </Button>
    </EmptyState>
  );
}
