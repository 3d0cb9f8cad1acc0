import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { list, nullable, object, or, text } from '~/services/decode';
import { HttpProblem, queryText } from '~/services/http';
import { listInstances, workflowInstance, type InstanceFilter } from '~/services/instances';
import { withChanges, withOlderPage, withSnapshot, type InstanceTable } from '~/services/instanceTable';
import { useTopic } from '~/services/live';

const pageRows = 50;
const snapshot = object({ instances: list(workflowInstance), next: nullable(text) });
const changed = object({ instances: list(workflowInstance), removed: or(list(text), []) });

export interface InstanceList {
  table: InstanceTable | null;
  problem: unknown;
  isLoadingOlder: boolean;
  loadOlder(): void;
  refresh(): void;
}

/** The instances that match; kept true by the stream, unless there is a range of time, which the stream does not know. */
export function useInstanceList(filter: InstanceFilter): InstanceList {
  const isLive = !filter.from && !filter.to;
  const key = JSON.stringify(filter);
  const [shown, setShown] = useState<{ key: string; table: InstanceTable | null; hasOlder: boolean; problem: unknown }>({
    key,
    table: null,
    hasOlder: false,
    problem: null,
  });
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  // What another filter brought is not shown for this one.
  const now = shown.key === key ? shown : { key, table: null, hasOlder: false, problem: null };

  const update = (change: (before: typeof now) => Partial<typeof now>) =>
    setShown((before) => {
      const mine = before.key === key ? before : { key, table: null, hasOlder: false, problem: null };
      return { ...mine, ...change(mine) };
    });

  const { project, workflow, state } = filter;
  useTopic(isLive ? `workflow-instances${queryText({ project, workflow, state, limit: pageRows })}` : null, {
    onEvent: (event) => {
      if (event.event === 'snapshot') {
        const { instances, next } = snapshot(event, 'event');
        update((before) => ({ table: withSnapshot(before.table, instances, next, before.hasOlder), problem: null }));
      } else if (event.event === 'changed') {
        const { instances, removed } = changed(event, 'event');
        update((before) => ({ table: before.table && withChanges(before.table, instances, removed) }));
      }
    },
    onProblem: (code, detail) => update(() => ({ problem: new HttpProblem(400, code, detail) })),
  });

  const still = useQuery({
    queryKey: ['instances', filter],
    queryFn: ({ signal }) => listInstances(filter, null, pageRows, signal),
    enabled: !isLive,
    staleTime: 0,
  });
  useEffect(() => {
    if (isLive) return;
    const { data, error } = still;
    if (data) {
      setShown({ key, table: { rows: data.items, next: data.next }, hasOlder: false, problem: null });
    } else if (error) {
      setShown({ key, table: null, hasOlder: false, problem: error });
    }
  }, [isLive, key, still.data, still.error]);

  async function loadOlder() {
    if (!now.table?.next || isLoadingOlder) return;
    setLoadingOlder(true);
    try {
      const page = await listInstances(filter, now.table.next, pageRows);
      update((before) => ({
        table: before.table && withOlderPage(before.table, page.items, page.next),
        hasOlder: true,
        problem: null,
      }));
    } catch (problem) {
      update(() => ({ problem }));
    } finally {
      setLoadingOlder(false);
    }
  }

  return {
    table: now.table,
    problem: now.problem,
    isLoadingOlder,
    loadOlder: () => void loadOlder(),
    refresh: () => void still.refetch(),
  };
}
