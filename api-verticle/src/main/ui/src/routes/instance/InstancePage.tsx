import { useTranslation } from 'react-i18next';
import { Page } from '~/components/Page';

export function InstancePage() {
  const { t } = useTranslation();
  return <Page title={t('nav.instances')}>{null}</Page>;
}
