import { Notification, Portal, Stack } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { closeToast, useToasts } from './toasts';

export function Toaster() {
  const { t } = useTranslation();
  const toasts = useToasts();
  return (
    <Portal>
      <Stack
        aria-live="polite"
        gap={8}
        style={{ position: 'fixed', right: 16, bottom: 16, width: 'min(400px, calc(100vw - 32px))', zIndex: 500 }}
      >
        {toasts.map((shown) => (
          <Notification
            key={shown.id}
            role={shown.kind === 'failed' ? 'alert' : 'status'}
            title={shown.title}
            color={shown.kind === 'failed' ? 'var(--state-failed)' : 'var(--state-success)'}
            icon={shown.kind === 'failed' ? <IconAlertCircle size={18} /> : <IconCheck size={18} />}
            onClose={() => closeToast(shown.id)}
            closeButtonProps={{ 'aria-label': t('action.close') }}
            withBorder
            style={{ boxShadow: 'var(--mantine-shadow-md)', overflowWrap: 'anywhere' }}
          >
            {shown.detail}
          </Notification>
        ))}
      </Stack>
    </Portal>
  );
}
