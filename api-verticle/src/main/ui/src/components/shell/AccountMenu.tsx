import { Menu } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemText } from '~/components/problemText';
import { toast } from '~/components/toasts';
import { logOut, meQuery } from '~/services/session';
import classes from './Shell.module.css';

export function AccountMenu({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useTranslation();
  const me = useQuery(meQuery).data;
  const client = useQueryClient();
  const navigate = useNavigate();
  const user = me?.user ?? '';

  async function leave() {
    try {
      await logOut();
      await navigate({ to: '/login' });
      client.clear();
    } catch (problem) {
      toast('failed', t('error.title'), problemText(problem, t));
    }
  }

  return (
    <Menu position="right-end" width={200}>
      <Menu.Target>
        <button type="button" className={classes.item} aria-label={t('user.menu', { user })}>
          <IconUserCircle size={20} stroke={1.6} aria-hidden />
          {!isNarrow && user}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me?.isAdmin ? `${user} · ${t('user.admin')}` : user}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          {t('user.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
