import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from '~/components/Confirm';

/** Asks before a page with changes that are not saved is left, also when the tab is closed. */
export function LeaveGuard({ isChanged }: { isChanged: () => boolean }) {
  const { t } = useTranslation('designer');
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isChanged(),
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocker.status === 'blocked'}
      title={t('leave.title')}
      confirm={t('leave.leave')}
      isDestroying
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {t('leave.text')}
    </Confirm>
  );
}
