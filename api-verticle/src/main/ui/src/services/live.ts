import { useEffect, useRef, useSyncExternalStore } from 'react';
import { queryClient } from './queryClient';
import { meQuery } from './session';
import { LiveStream, type EventHandlers, type StreamStatus } from './stream';

/** The stream of this page. A connection that is refused may mean that the log-in has ended: asking says so. */
export const liveStream = new LiveStream(
  () => new WebSocket(new URL('/api/v1/stream', location.href.replace(/^http/, 'ws'))),
  () => void queryClient.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => {}),
);

if (typeof window !== 'undefined') {
  window.addEventListener('online', liveStream.retryNow);
}

export function useStreamStatus(): StreamStatus {
  return useSyncExternalStore(liveStream.watchStatus, () => liveStream.status);
}

/** Follows a topic as long as the component is shown; `null` follows nothing. The newest handlers are called. */
export function useTopic(topic: string | null, handlers: EventHandlers): void {
  const newest = useRef(handlers);
  useEffect(() => {
    newest.current = handlers;
  });
  useEffect(() => {
    if (topic === null) return;
    const subscription = liveStream.subscribe(topic, {
      onEvent: (event) => newest.current.onEvent(event),
      onEnd: () => newest.current.onEnd?.(),
      onProblem: (code, detail) => newest.current.onProblem?.(code, detail),
    });
    return () => subscription.close();
  }, [topic]);
}
