import { Group, SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages, setLanguage, type Language } from '~/i18n/i18n';

/** Language and theme can be chosen before anybody is known. */
export function LoginPreferences() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Group justify="space-between" gap={8}>
      <SegmentedControl
        size="xs"
        aria-label={t('language.label')}
        value={i18n.language}
        onChange={(language) => void setLanguage(language as Language)}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('scheme.label')}
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`scheme.${value}`) }))}
      />
    </Group>
  );
}
