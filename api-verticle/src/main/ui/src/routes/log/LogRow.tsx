import { memo } from 'react';
import { segmentsOf, withMatches } from './ansi';
import { lineText } from './lineText';
import type { Line, LogModel } from './logModel';
import classes from './log.module.css';

export interface LogRowProps {
  model: LogModel;
  line: Line;
  number: string;
  needle: string;
  isTarget: boolean;
}

/** A line as text; whatever it says, it never becomes anything else. */
export const LogRow = memo(
  function LogRow({ model, line, number, needle, isTarget }: LogRowProps) {
    const segments = withMatches(segmentsOf(lineText(model, line)), needle);
    return (
      <div className={classes.line} data-start={line.start} data-target={isTarget || undefined}>
        <span className={classes.number} data-number={number} />
        <span className={classes.text}>
          {segments.map((segment, index) => {
            const names = segment.classes.map((name) => classes[name] ?? '').join(' ');
            const style =
              segment.color || segment.background
                ? { color: segment.color, backgroundColor: segment.background }
                : undefined;
            const Tag = segment.isMatch ? 'mark' : 'span';
            return (
              <Tag key={index} className={names || undefined} style={style}>
                {segment.text}
              </Tag>
            );
          })}
          {'\n'}
        </span>
      </div>
    );
  },
  (a, b) =>
    a.model === b.model &&
    a.line.start === b.line.start &&
    a.line.end === b.line.end &&
    a.line.next === b.line.next &&
    a.number === b.number &&
    a.needle === b.needle &&
    a.isTarget === b.isTarget,
);
