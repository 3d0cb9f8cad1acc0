import { useState } from 'react';
import { cluster, overview, type Cluster, type Overview } from '~/services/cluster';
import { HttpProblem } from '~/services/http';
import { useTopic } from '~/services/live';

export interface Live<T> {
  value: T | null;
  problem: unknown;
}

export function useOverview(): Live<Overview> {
  return useLatest('overview', (event) => overview(event.overview, 'overview'));
}

export function useCluster(): Live<Cluster> {
  return useLatest('cluster', (event) => cluster(event.cluster, 'cluster'));
}

/** The newest value of a topic whose every event carries the whole. */
function useLatest<T>(topic: string, read: (event: Record<string, unknown>) => T): Live<T> {
  const [live, setLive] = useState<Live<T>>({ value: null, problem: null });
  useTopic(topic, {
    onEvent: (event) => {
      try {
        setLive({ value: read(event), problem: null });
      } catch (problem) {
        setLive({ value: null, problem });
      }
    },
    onProblem: (code, detail) => setLive((before) => ({ ...before, problem: new HttpProblem(503, code, detail) })),
  });
  return live;
}
