import { useCallback, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { LogFile } from './logFile';
import { blockBytes, type Line } from './logModel';

const endLines = 250;
const stepLines = 200;
const linesMost = 700;
const nearPixels = 800;

/** The part of the log that is in the page: at its end, following it, or somewhere. */
type Place = { isFollowing: true } | { isFollowing: false; top: number; count: number };

export interface LogWindow {
  lines: Line[];
  isFollowing: boolean;
  /** The line that was asked for last. */
  target: number | null;
  onScroll(): void;
  showAt(offset: number, where?: 'top' | 'middle'): Promise<void>;
  follow(): void;
  pause(): void;
  /** To be called before something changes how high lines are. */
  keepPlace(): void;
  firstVisible(): Line | null;
}

/**
 * Which lines are in the page. The browser scrolls among some hundred of them; near their edge more are read, and what
 * is far off goes. A line that was at a place on the screen stays there whatever is added before it.
 */
export function useLogWindow(
  file: LogFile,
  version: number,
  scroller: RefObject<HTMLDivElement | null>,
  rows: RefObject<HTMLDivElement | null>,
): LogWindow {
  const [place, setPlace] = useState<Place>({ isFollowing: true });
  const [target, setTarget] = useState<number | null>(null);
  const kept = useRef<{ start: number; dy: number } | null>(null);
  const isMoving = useRef(false);
  const wish = useRef(0);
  const lastTop = useRef(0);
  const { model } = file;

  const lines = useMemo(
    () => (place.isFollowing ? model.linesBefore(model.size, endLines) : model.linesFrom(place.top, place.count)),
    [model, version, place],
  );
  const newest = useRef({ lines, place });
  newest.current = { lines, place };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (place.isFollowing) {
      element.scrollTop = element.scrollHeight;
    } else if (kept.current) {
      const { start, dy } = kept.current;
      const row = rows.current?.querySelector<HTMLElement>(`[data-start="${start}"]`);
      if (row) {
        const now = row.getBoundingClientRect().top - element.getBoundingClientRect().top;
        element.scrollTop += now - dy;
      }
    }
    kept.current = null;
    lastTop.current = element.scrollTop;
  });

  const firstRow = useCallback((): HTMLElement | null => {
    const element = scroller.current;
    const all = rows.current?.children;
    if (!element || !all || all.length === 0) return null;
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = all[middle] as HTMLElement;
      if (row.offsetTop + row.offsetHeight > element.scrollTop) high = middle;
      else low = middle + 1;
    }
    return all[low] as HTMLElement;
  }, [scroller, rows]);

  const keepPlace = useCallback(() => {
    const row = firstRow();
    if (!row || !scroller.current) return;
    const dy = row.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top;
    kept.current = { start: Number(row.dataset.start), dy };
  }, [firstRow, scroller]);

  const leaveEnd = useCallback(() => {
    const { lines: shown, place: now } = newest.current;
    if (!now.isFollowing || shown.length === 0) return;
    file.setFollowed(false);
    keepPlace();
    setPlace({ isFollowing: false, top: shown[0]!.start, count: shown.length });
  }, [file, keepPlace]);

  const follow = useCallback(() => {
    wish.current += 1;
    setTarget(null);
    file.setFollowed(true);
    void file.ensure(model.size - blockBytes, model.size).then(
      () => setPlace({ isFollowing: true }),
      () => {},
    );
  }, [file, model]);

  const showAt = useCallback(
    async (offset: number, where: 'top' | 'middle' = 'top') => {
      const mine = ++wish.current;
      await file.ensure(offset - blockBytes / 2, offset + blockBytes);
      if (mine !== wish.current) return;
      const start = model.pieceStart(Math.min(offset, Math.max(0, model.size - 1)));
      if (start === null) return;
      file.setFollowed(false);
      const before = model.linesBefore(start, endLines / 2);
      const height = scroller.current?.clientHeight ?? 0;
      kept.current = { start, dy: where === 'middle' ? Math.round(height / 3) : 0 };
      setTarget(where === 'middle' ? start : null);
      setPlace({ isFollowing: false, top: before[0]?.start ?? start, count: before.length + endLines });
    },
    [file, model, scroller],
  );

  const extend = useCallback(
    async (direction: 1 | -1) => {
      const { lines: shown, place: now } = newest.current;
      const first = shown[0];
      const last = shown.at(-1);
      if (now.isFollowing || isMoving.current || !first || !last) return;
      isMoving.current = true;
      const mine = wish.current;
      try {
        if (direction === -1) await file.ensure(first.start - blockBytes / 2, first.start);
        else await file.ensure(last.next, last.next + blockBytes / 2);
        if (mine !== wish.current) return;
        keepPlace();
        if (direction === -1) {
          const before = model.linesBefore(first.start, stepLines);
          if (before.length === 0) return;
          setPlace({
            isFollowing: false,
            top: before[0]!.start,
            count: Math.min(linesMost, before.length + shown.length),
          });
        } else {
          const all = model.linesFrom(first.start, shown.length + stepLines);
          if (all.length === shown.length) return;
          setPlace({
            isFollowing: false,
            top: all[Math.max(0, all.length - linesMost)]!.start,
            count: Math.min(all.length, linesMost),
          });
        }
      } catch (problem) {
        file.problem = problem;
        file.changed();
      } finally {
        isMoving.current = false;
      }
    },
    [file, model, keepPlace],
  );

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { lines: shown, place: now } = newest.current;
    const below = element.scrollHeight - element.clientHeight - element.scrollTop;
    const isUp = element.scrollTop < lastTop.current;
    lastTop.current = element.scrollTop;
    if (now.isFollowing) {
      if (isUp && below > 4) leaveEnd();
      return;
    }
    const last = shown.at(-1);
    if (element.scrollTop < nearPixels && (shown[0]?.start ?? 0) > 0) void extend(-1);
    else if (below < nearPixels && last && last.next < model.size) void extend(1);
    else if (below <= 2 && !isUp && last && last.next >= model.size) follow();
  }, [scroller, model, leaveEnd, extend, follow]);

  const firstVisible = useCallback((): Line | null => {
    const start = Number(firstRow()?.dataset.start);
    return newest.current.lines.find((line) => line.start === start) ?? null;
  }, [firstRow]);

  return {
    lines,
    isFollowing: place.isFollowing,
    target,
    onScroll,
    showAt,
    follow,
    pause: leaveEnd,
    keepPlace,
    firstVisible,
  };
}
