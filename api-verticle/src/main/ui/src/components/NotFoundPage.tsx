import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './EmptyState';
import { ButtonLink } from './links';
import { useTitle } from './useTitle';

export function NotFoundPage() {
  const { t } = useTranslation();
  useTitle(t('error.notFoundTitle'));
  return (
    <EmptyState icon={IconMapOff} title={t('error.notFoundTitle')} text={t('error.notFound')}>
      <ButtonLink to="/">{t('action.goHome')}</ButtonLink>
    </EmptyState>
  );
}
