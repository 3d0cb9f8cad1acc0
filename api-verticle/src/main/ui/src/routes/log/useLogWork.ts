import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '~/components/problemText';
import type { LogFile } from './logFile';
import { blockBytes } from './logModel';
import { countUntil, findText } from './logSearch';
import type { LogWindow } from './useLogWindow';

export interface LogWork {
  /** What is being done, and how far it is. */
  running: { kind: 'searching' | 'counting'; percent: number } | null;
  /** What came of it, when it is not to be seen in the log itself. */
  message: string | null;
  find(wanted: string, direction: 1 | -1): void;
  jump(line: number): void;
  count(): void;
  cancel(): void;
}

/** Searching, counting and jumping: they may read the whole log, so they tell how far they are and can be stopped. */
export function useLogWork(file: LogFile, view: LogWindow): LogWork {
  const { t } = useTranslation('log');
  const { t: c } = useTranslation();
  const [running, setRunning] = useState<LogWork['running']>(null);
  const [message, setMessage] = useState<string | null>(null);
  const controller = useRef<AbortController | null>(null);
  const newest = useRef(view);
  newest.current = view;
  useEffect(() => () => controller.current?.abort(), [file]);

  const run = useCallback(
    (kind: 'searching' | 'counting', work: (signal: AbortSignal, progress: (share: number) => void) => Promise<void>) => {
      controller.current?.abort();
      const mine = new AbortController();
      controller.current = mine;
      setMessage(null);
      let shown = 0;
      const progress = (share: number) => {
        const percent = Math.floor(share * 100);
        if (percent !== shown && !mine.signal.aborted) {
          shown = percent;
          setRunning({ kind, percent });
        }
      };
      setRunning({ kind, percent: 0 });
      work(mine.signal, progress)
        .catch((problem: unknown) => {
          if (!mine.signal.aborted) setMessage(problemText(problem, c));
        })
        .finally(() => {
          if (controller.current === mine) setRunning(null);
        });
    },
    [c],
  );

  const find = (wanted: string, direction: 1 | -1) => {
    const { target, lines, firstVisible } = newest.current;
    const at = lines.find((line) => line.start === target) ?? firstVisible();
    const isFresh = target === null;
    const from = !at ? 0 : direction === -1 ? at.start : isFresh ? at.start : at.next;
    run('searching', async (signal, progress) => {
      const found = await findText(file, wanted, Math.min(from, file.model.size), direction, signal, progress);
      if (found === null) setMessage(t('nothing', { text: wanted }));
      else await newest.current.showAt(found, 'middle');
    });
  };

  const jump = (line: number) =>
    run('counting', async (signal, progress) => {
      await countUntil(file, () => file.model.blockOfLine(line) !== null, signal, progress);
      const { model } = file;
      const tail = Math.floor(model.size / blockBytes) * blockBytes;
      if (model.blockOfLine(line) === null) await file.ensure(tail, model.size);
      const found = model.blockOfLine(line);
      if (found === 'beyond' || found === null) {
        setMessage(t('beyondUnknown', { line }));
        return;
      }
      await file.ensure(found.index * blockBytes, (found.index + 1) * blockBytes);
      const start = found.breaks === 0 ? found.index * blockBytes : model.behindBreak(found.index, found.breaks);
      await newest.current.showAt(start, 'middle');
    });

  const count = () =>
    run('counting', async (signal, progress) => {
      await countUntil(file, () => false, signal, progress);
      file.changed();
    });

  return { running, message, find, jump, count, cancel: () => controller.current?.abort() };
}
