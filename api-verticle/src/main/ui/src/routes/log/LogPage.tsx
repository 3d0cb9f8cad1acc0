import { useTranslation } from 'react-i18next';
import { Page } from '~/components/Page';

export function LogPage() {
  const { t } = useTranslation();
  return <Page title={t('nav.instances')}>{null}</Page>;
}
