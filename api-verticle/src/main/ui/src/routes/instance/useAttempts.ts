import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { loadTasks, type TaskInstance } from '~/services/instances';
import type { InstanceState } from '~/services/instanceState';
import { generationOf } from './taskFacts';

/**
 * Every attempt of every task. Those that were replaced are read over HTTP when there are new ones; the valid ones are
 * as the stream tells them.
 */
export function useAttempts(state: InstanceState, isWanted: boolean) {
  const { instance, tasks } = state;
  const query = useQuery({
    queryKey: ['attempts', instance.id, generationOf(instance, tasks)],
    queryFn: async ({ signal }) => (await loadTasks(instance.id, 'all', signal)).tasks,
    enabled: isWanted,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return { ...query, data: query.data && withLive(query.data, tasks) };
}

function withLive(attempts: TaskInstance[], tasks: InstanceState['tasks']): TaskInstance[] {
  const live = new Map([...tasks.values()].map((task) => [task.id, task]));
  const merged = attempts.map((attempt) => live.get(attempt.id) ?? attempt);
  const known = new Set(attempts.map((attempt) => attempt.id));
  return [...merged, ...[...tasks.values()].filter((task) => !known.has(task.id))];
}
