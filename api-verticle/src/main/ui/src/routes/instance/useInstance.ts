import { useState } from 'react';
import { HttpProblem, queryText } from '~/services/http';
import { afterEvent, type InstanceState } from '~/services/instanceState';
import { useTopic } from '~/services/live';

export interface LiveInstance {
  state: InstanceState | null;
  problem: unknown;
}

/**
 * A workflow instance, live. Its topic ends when it has finished; the list of its workflow then tells when somebody
 * runs it again.
 */
export function useInstance(id: string): LiveInstance {
  const [shown, setShown] = useState<LiveInstance & { id: string; isEnded: boolean }>(() => nothing(id));
  const [round, setRound] = useState(0);
  const now = shown.id === id ? shown : nothing(id);
  const update = (change: (before: typeof now) => Partial<typeof now>) =>
    setShown((before) => {
      const mine = before.id === id ? before : nothing(id);
      return { ...mine, ...change(mine) };
    });

  useTopic(
    `workflow-instance/${id}`,
    {
      onEvent: (event) =>
        update((before) => {
          try {
            return { state: afterEvent(before.state, event), problem: null, isEnded: false };
          } catch (problem) {
            return { problem };
          }
        }),
      onEnd: () => update(() => ({ isEnded: true })),
      onProblem: (code, detail) => update(() => ({ problem: new HttpProblem(404, code, detail) })),
    },
    round,
  );

  const instance = now.state?.instance;
  useTopic(
    now.isEnded && instance
      ? `workflow-instances${queryText({ project: instance.project, workflow: instance.workflow, limit: 50 })}`
      : null,
    {
      onEvent: (event) => {
        const rows = Array.isArray(event.instances) ? (event.instances as { id?: unknown; state?: unknown }[]) : [];
        if (rows.some((row) => row.id === id && row.state !== instance?.state)) setRound((before) => before + 1);
      },
    },
  );
  return { state: now.state, problem: now.problem };
}

function nothing(id: string): LiveInstance & { id: string; isEnded: boolean } {
  return { id, state: null, problem: null, isEnded: false };
}
