import { useTranslation } from 'react-i18next';
import { Page } from '~/components/Page';

export function InstancesPage() {
  const { t } = useTranslation();
  return <Page title={t('nav.instances')}>{null}</Page>;
}
