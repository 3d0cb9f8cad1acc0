import { queryOptions } from '@tanstack/react-query';
import { flag, object, text } from './decode';
import { get, post } from './http';

export interface Me {
  user: string;
  isAdmin: boolean;
}

const me = object<Me>({ user: text, isAdmin: flag });

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get('/api/v1/me', me, { signal }),
  staleTime: 5 * 60_000,
});

export function logIn(user: string, password: string): Promise<{ user: string }> {
  return post('/api/v1/login', { user, password }, object({ user: text }));
}

export function logOut(): Promise<void> {
  return post<void>('/api/v1/logout', {});
}
