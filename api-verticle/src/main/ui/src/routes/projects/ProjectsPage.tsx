import { useTranslation } from 'react-i18next';
import { Page } from '~/components/Page';

export function ProjectsPage() {
  const { t } = useTranslation();
  return <Page title={t('nav.projects')}>{null}</Page>;
}
