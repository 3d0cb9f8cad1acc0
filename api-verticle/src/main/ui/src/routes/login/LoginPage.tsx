import { Alert, Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '~/components/problemText';
import { Logo } from '~/components/shell/Logo';
import { useTitle } from '~/components/useTitle';
import { HttpProblem } from '~/services/http';
import { logIn } from '~/services/session';
import { LoginPreferences } from './LoginPreferences';

const route = getRouteApi('/login');
const slowMillis = 1_500;

export function LoginPage() {
  const { t } = useTranslation();
  const { next, expired } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  useTitle(t('login.title'));

  const attempt = useMutation({
    mutationFn: () => logIn(user, password),
    onSuccess: async () => {
      client.clear();
      router.history.push(next ?? '/');
    },
    onError: () => setPassword(''),
  });

  // The server holds an answer back after failed attempts; without a word that looks as if nothing happened.
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!attempt.isPending) return;
    const timer = setTimeout(() => setSlow(true), slowMillis);
    return () => clearTimeout(timer);
  }, [attempt.isPending]);

  function submit(event: FormEvent) {
    event.preventDefault();
    attempt.mutate();
  }

  return (
    <Center mih="100dvh" p={16} component="main">
      <Stack w="100%" maw={376} gap={16}>
        <Paper withBorder p={32} radius="lg" component="form" onSubmit={submit} shadow="xs">
          <Stack gap={16}>
            <Group gap={12}>
              <Logo size={32} />
              <Title order={1}>{t('login.title')}</Title>
            </Group>
            {attempt.isError ? (
              <Alert variant="light" color="red" icon={<IconAlertCircle aria-hidden />} role="alert" styles={message}>
                {failureText(attempt.error, t)}
              </Alert>
            ) : (
              expired && (
                <Alert variant="light" icon={<IconInfoCircle aria-hidden />} role="status" styles={message}>
                  {t('login.expired')}
                </Alert>
              )
            )}
            <TextInput
              label={t('login.user')}
              name="user"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              withAsterisk={false}
              maxLength={100}
              value={user}
              onChange={(event) => setUser(event.currentTarget.value)}
              autoFocus
            />
            <PasswordInput
              label={t('login.password')}
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              maxLength={1000}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('login.show') }}
            />
            <Button type="submit" fullWidth mt={8} loading={attempt.isPending}>
              {t('login.submit')}
            </Button>
            {isSlow && (
              <Text size="sm" c="dimmed" role="status">
                {t('login.waiting')}
              </Text>
            )}
          </Stack>
        </Paper>
        <LoginPreferences />
      </Stack>
    </Center>
  );
}

const message = { message: { color: 'var(--text)' } };

function failureText(problem: unknown, t: TFunction<'common'>): string {
  if (problem instanceof HttpProblem && problem.status === 401) return t('login.wrong');
  if (problem instanceof HttpProblem && problem.status === 429) {
    return problem.retryAfterSeconds ? t('login.slow', { seconds: problem.retryAfterSeconds }) : t('login.slowSoon');
  }
  return problemText(problem, t);
}
