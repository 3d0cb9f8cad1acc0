import { Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Nothing to show yet: why, and the next step. */
export function EmptyState(props: { icon: Icon; title: string; text?: string; children?: ReactNode }) {
  const Sign = props.icon;
  return (
    <Stack align="center" gap={8} py={48} px={24} ta="center">
      <Sign size={36} stroke={1.25} aria-hidden style={{ color: 'var(--text-soft)' }} />
      <Title order={2}>{props.title}</Title>
      {props.text && (
        <Text size="md" c="dimmed" maw={480}>
          {props.text}
        </Text>
      )}
      {props.children && <div style={{ marginTop: 8 }}>{props.children}</div>}
    </Stack>
  );
}
