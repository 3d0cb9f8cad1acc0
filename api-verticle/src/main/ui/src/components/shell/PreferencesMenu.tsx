import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages, setLanguage, type Language } from '~/i18n/i18n';
import { showShortcuts } from './shortcuts';
import classes from './Shell.module.css';

const schemes = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

/** Language, theme, and the list of keys. */
export function PreferencesMenu({ isNarrow }: { isNarrow: boolean }) {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const label = t('nav.preferences');
  return (
    <Menu position="right-end" width={200}>
      <Menu.Target>
        <button type="button" className={classes.item} aria-label={label}>
          <IconLanguage size={20} stroke={1.6} aria-hidden />
          {!isNarrow && label}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('language.label')}</Menu.Label>
        <Menu.RadioGroup value={i18n.language} onChange={(language) => void setLanguage(language as Language)}>
          {(Object.keys(languages) as Language[]).map((language) => (
            <Menu.RadioItem key={language} value={language} lang={language} closeMenuOnClick>
              {languages[language]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('scheme.label')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
          {(Object.keys(schemes) as MantineColorScheme[]).map((scheme) => {
            const Sign = schemes[scheme];
            return (
              <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick rightSection={<Sign size={16} aria-hidden />}>
                {t(`scheme.${scheme}`)}
              </Menu.RadioItem>
            );
          })}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={showShortcuts}>
          {t('keys.title')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
