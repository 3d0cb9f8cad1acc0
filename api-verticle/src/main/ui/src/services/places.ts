import { queryOptions } from '@tanstack/react-query';
import { cluster } from './cluster';
import { list, number, object, text } from './decode';
import { get } from './http';
import { listProjects } from './projects';

/** What forms offer to choose from: where tasks may run, and what limits them. */

/** The groups that the present workers carry; a task may ask for another one and waits for it. */
export const workerGroupsQuery = queryOptions({
  queryKey: ['worker-groups'],
  queryFn: async ({ signal }) => {
    const { workers } = await get('/api/v1/cluster', cluster, { signal });
    return [...new Set(['default', ...workers.flatMap((worker) => worker.workerGroups)])].sort();
  },
});

export const taskGroupsQuery = queryOptions({
  queryKey: ['task-group-names'],
  queryFn: async ({ signal }) => {
    const groups = object({ items: list(object({ name: text, size: number })) });
    return (await get('/api/v1/task-groups', groups, { signal })).items.map(({ name }) => name);
  },
});

export const projectNamesQuery = queryOptions({
  queryKey: ['project-names'],
  queryFn: async ({ signal }) => (await listProjects(null, signal)).items.map(({ name }) => name),
});
