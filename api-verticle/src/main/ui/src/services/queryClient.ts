import { QueryClient } from '@tanstack/react-query';
import { HttpProblem } from './http';

/** A passing fault is tried again with growing pauses; a "no" of the server is shown at once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (failures, problem) => failures < 3 && problem instanceof HttpProblem && problem.isPassing,
      retryDelay: (failures, problem) =>
        problem instanceof HttpProblem && problem.retryAfterSeconds
          ? problem.retryAfterSeconds * 1000
          : Math.min(500 * 2 ** failures, 5_000),
    },
    mutations: { retry: false },
  },
});
