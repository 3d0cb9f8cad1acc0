import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconKeyboard, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
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
        {(Object.keys(languages) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            role="menuitemradio"
            aria-checked={i18n.language === language}
            rightSection={i18n.language === language ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => void setLanguage(language)}
          >
            {languages[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('scheme.label')}</Menu.Label>
        {(Object.keys(schemes) as MantineColorScheme[]).map((scheme) => {
          const Sign = schemes[scheme];
          return (
            <Menu.Item
              key={scheme}
              role="menuitemradio"
              aria-checked={colorScheme === scheme}
              leftSection={<Sign size={16} aria-hidden />}
              rightSection={colorScheme === scheme ? <IconCheck size={16} aria-hidden /> : null}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`scheme.${scheme}`)}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={showShortcuts}>
          {t('keys.title')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
