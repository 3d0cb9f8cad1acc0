import { useState } from 'react';
import { HttpProblem } from '~/services/http';
import { afterEvent, type InstanceState } from '~/services/instanceState';
import { useTopic } from '~/services/live';

export interface LiveInstance {
  state: InstanceState | null;
  problem: unknown;
}

/** A workflow instance, live, also after its end: it may be run again, or a task of it be set to forced success. */
export function useInstance(id: string): LiveInstance {
  const [shown, setShown] = useState<LiveInstance & { id: string }>(() => nothing(id));
  const now = shown.id === id ? shown : nothing(id);
  const update = (change: (before: LiveInstance) => Partial<LiveInstance>) =>
    setShown((before) => {
      const mine = before.id === id ? before : nothing(id);
      return { ...mine, ...change(mine) };
    });

  useTopic(`workflow-instance/${id}?stay=true`, {
    onEvent: (event) =>
      update((before) => {
        try {
          return { state: afterEvent(before.state, event), problem: null };
        } catch (problem) {
          return { problem };
        }
      }),
    onProblem: (code, detail) => update(() => ({ problem: new HttpProblem(404, code, detail) })),
  });
  return { state: now.state, problem: now.problem };
}

function nothing(id: string): LiveInstance & { id: string } {
  return { id, state: null, problem: null };
}
