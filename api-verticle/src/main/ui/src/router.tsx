import { createRouter } from '@tanstack/react-router';
import { CrashPage } from './components/CrashPage';
import { NotFoundPage } from './components/NotFoundPage';
import { PageSkeleton } from './components/PageSkeleton';
import { routeTree } from './routes/routeTree';
import { queryClient } from './services/queryClient';
import { whenUnauthorized } from './services/http';
import { meQuery } from './services/session';

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 200,
  defaultPendingMinMs: 200,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

/** A session that ends while a page is open: to the log-in, and back to the same address afterwards. */
whenUnauthorized(() => {
  // Somebody who was not logged in before has no session that could have ended: the routes lead to the log-in.
  if (router.state.location.pathname === '/login' || queryClient.getQueryData(meQuery.queryKey) === undefined) return;
  queryClient.removeQueries({ queryKey: ['me'] });
  void router.navigate({ to: '/login', search: { next: router.state.location.href, expired: true } });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
