import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { liveStream } from '~/services/live';
import { readLog, readLogEnd } from '~/services/logBytes';
import { LogFile } from './logFile';
import { countUntil } from './logSearch';

/** So much is read as a whole, so that its lines have their exact numbers at once. */
const countedBytesMost = 8 * 1024 * 1024;

export interface OpenLog {
  file: LogFile;
  /** Another number whenever the log has changed; at most once a frame. */
  version: number;
  reopen(): void;
}

export function useLogFile(id: string): OpenLog {
  const [round, setRound] = useState(0);
  const [file, setFile] = useState(() => fileOf(id));
  useEffect(() => {
    const opened = fileOf(id);
    setFile(opened);
    const counting = new AbortController();
    const start = async () => {
      await opened.open();
      if (!opened.isOpen || opened.model.size > countedBytesMost) return;
      await countUntil(opened, () => false, counting.signal, () => {});
      opened.changed();
    };
    // Without the counting the lines have numbers from the end; what hinders reading is told where it is read.
    void start().catch(() => {});
    return () => {
      counting.abort();
      opened.close();
    };
  }, [id, round]);
  const watch = useCallback(
    (listener: () => void) => {
      let frame = 0;
      const end = file.watch(() => {
        frame ||= requestAnimationFrame(() => {
          frame = 0;
          listener();
        });
      });
      return () => {
        cancelAnimationFrame(frame);
        end();
      };
    },
    [file],
  );
  const version = useSyncExternalStore(watch, file.snapshot);
  return { file, version, reopen: () => setRound((before) => before + 1) };
}

function fileOf(id: string): LogFile {
  return new LogFile({
    read: (offset, limit, signal) => readLog(id, offset, limit, signal),
    end: (bytes, signal) => readLogEnd(id, bytes, signal),
    follow: (offset, handlers) => liveStream.subscribeLog(id, offset, handlers),
  });
}
