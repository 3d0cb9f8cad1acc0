import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Rows } from '~/components/PageSkeleton';
import { Problem } from '~/components/Problem';
import { lineNumbers } from './lineNumbers';
import { LogNotice } from './LogNotice';
import { LogRow } from './LogRow';
import { LogScrollbar } from './LogScrollbar';
import { LogToolbar } from './LogToolbar';
import { useLogFile } from './useLogFile';
import { useLogKeys } from './useLogKeys';
import { useLogWindow } from './useLogWindow';
import { useLogWork } from './useLogWork';
import classes from './log.module.css';

export interface LogViewProps {
  taskInstanceId: string;
  /** Offset to open at; else the end. */
  at?: number;
  find?: string;
  /** For a panel: without search and without keys. */
  isCompact?: boolean;
  onFind?(text: string): void;
}

export function LogView({ taskInstanceId, at, find = '', isCompact = false, onFind }: LogViewProps) {
  const { t } = useTranslation('log');
  const { file, version, reopen } = useLogFile(taskInstanceId);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const jumpBox = useRef<HTMLInputElement>(null);
  const view = useLogWindow(file, version, scroller, rows);
  const work = useLogWork(file, view);
  const [needle, setNeedle] = useState(find);
  const [isWrapped, setWrapped] = useLocalStorage({ key: 'porpoise.logWrap', defaultValue: true });
  const [seen, setSeen] = useState({ from: 0, share: 1 });
  const { lines } = view;
  const numbers = useMemo(() => lineNumbers(file.model, lines), [file, lines]);
  const digits = Math.max(3, ...numbers.texts.map((text) => text.length));

  const wasPlaced = useRef<unknown>(null);
  useEffect(() => {
    if (!file.isOpen || wasPlaced.current === file) return;
    wasPlaced.current = file;
    if (at !== undefined && at < file.model.size) void view.showAt(at, 'middle');
    if (find !== '') work.find(find, 1);
  });

  const measure = () => {
    const element = scroller.current;
    const first = view.firstVisible();
    if (!element || !first || file.model.size === 0) return;
    const last = lines.at(-1)!;
    const pixels = Math.max(1, element.scrollHeight);
    const visible = Math.min(1, element.clientHeight / pixels) * (last.next - lines[0]!.start);
    const isAll = pixels <= element.clientHeight + 1 && lines[0]!.start === 0 && last.next >= file.model.size;
    const isLast = element.scrollTop + element.clientHeight >= pixels - 2 && last.next >= file.model.size;
    const share = isAll ? 1 : Math.min(0.999, visible / file.model.size);
    const from = isLast ? 1 - share : Math.min(1 - share, first.start / file.model.size);
    setSeen((before) => (before.from === from && before.share === share ? before : { from, share }));
  };
  useEffect(measure, [lines, isWrapped, version]);

  const toggleWrap = () => {
    view.keepPlace();
    setWrapped(!isWrapped);
  };
  const togglePause = () => (view.isFollowing ? view.pause() : view.follow());
  const search = (direction: 1 | -1) => {
    if (needle === '') return;
    onFind?.(needle);
    work.find(needle, direction);
  };
  useLogKeys(!isCompact, {
    search: () => searchBox.current?.focus(),
    jump: () => jumpBox.current?.focus(),
    next: () => search(1),
    previous: () => search(-1),
    start: () => void view.showAt(0),
    end: view.follow,
    wrap: toggleWrap,
    pause: togglePause,
  });

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Home') {
      event.preventDefault();
      void view.showAt(0);
    } else if (event.key === 'End') {
      event.preventDefault();
      view.follow();
    }
  }

  const move = (share: number) => {
    if (share >= 0.9999) view.follow();
    else void view.showAt(Math.floor(share * file.model.size * (1 - seen.share)));
  };
  const status = !file.isOpen ? 'loading' : file.isComplete ? 'ended' : view.isFollowing ? 'live' : 'paused';

  return (
    <div className={`${classes.view} ${isWrapped ? classes.wrap : ''} ${isCompact ? classes.compact : ''}`}>
      <LogToolbar
        taskInstanceId={taskInstanceId}
        status={status}
        size={file.model.size}
        isCompact={isCompact}
        isWrapped={isWrapped}
        onWrap={toggleWrap}
        isFollowing={view.isFollowing}
        onPause={togglePause}
        needle={needle}
        onNeedle={setNeedle}
        onSearch={search}
        onJump={work.jump}
        searchBox={searchBox}
        jumpBox={jumpBox}
        placeOf={() => view.firstVisible()?.start ?? 0}
      />
      {file.problem !== null && (
        <div style={{ padding: 16 }}>
          <Problem problem={file.problem} onRetry={reopen} />
        </div>
      )}
      <div className={classes.body}>
        <div
          ref={scroller}
          id="log-lines"
          className={classes.scroller}
          onScroll={() => {
            view.onScroll();
            measure();
          }}
          onKeyDown={onKey}
          tabIndex={0}
          role="region"
          aria-label={t('label')}
        >
          {!file.isOpen && file.problem === null && (
            <div style={{ padding: '8px 16px' }}>
              <Rows count={12} height={24} />
            </div>
          )}
          {file.isOpen && lines.length === 0 && (
            <p className={classes.quiet}>{t(file.isComplete ? 'empty.ended' : 'empty.waiting')}</p>
          )}
          <div ref={rows} className={classes.rows} style={{ '--digits': digits } as React.CSSProperties}>
            {lines.map((line, index) => (
              <LogRow
                key={line.start}
                model={file.model}
                line={line}
                number={numbers.texts[index] ?? ''}
                needle={isCompact ? '' : needle}
                isTarget={line.start === view.target}
              />
            ))}
          </div>
        </div>
        <LogScrollbar from={seen.from} share={seen.share} onMove={move} />
        {!view.isFollowing && (
          <Button
            className={classes.pill}
            size="xs"
            variant="default"
            leftSection={<IconArrowDown size={14} aria-hidden />}
            onClick={view.follow}
          >
            {t(file.isComplete ? 'end' : 'resume')}
          </Button>
        )}
      </div>
      <LogNotice work={work} kind={lines.length > 0 ? numbers.kind : 'start'} isCompact={isCompact} />
    </div>
  );
}
