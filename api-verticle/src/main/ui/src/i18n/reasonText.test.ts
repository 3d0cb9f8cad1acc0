import { describe, expect, it } from 'vitest';
import english from './en/reasons.json';
import { reasonText } from './reasonText';
import chinese from './zh/reasons.json';

const now = Date.parse('2026-03-01T21:20:00Z');
const time = (iso: string) => `<${iso}>`;
const inEnglish = (text: string) => reasonText(text, english, english, time, now);
const inChinese = (text: string) => reasonText(text, english, chinese, time, now);

describe('a reason of the server', () => {
  it('is said in the language of the reader, times in their zone', () => {
    expect(inChinese("task 'check-sums': retry 1 of 5 at 21:27:07Z (and 2 more tasks)")).toBe(
      '任务“check-sums”：第 1 次重试（最多 5 次），时间 <2026-03-01T21:27:07.000Z>（另有 2 个任务未结束）',
    );
    expect(inEnglish("task 'check-sums': retry 1 of 5 at 21:27:07Z (and 2 more tasks)")).toBe(
      "task 'check-sums': retry 1 of 5 at <2026-03-01T21:27:07.000Z> (and 2 more tasks)",
    );
    expect(inChinese("task 'upload' failed: exit code 3")).toBe('任务“upload”失败：退出码 3');
    expect(inChinese("stopping: task 'a': being killed on worker w-1 (STOP)")).toBe(
      '正在停止：任务“a”：正在 Worker w-1 上终止（停止实例）',
    );
    expect(inChinese('sub-workflow instance 7 has FAILED: task \'x\' failed: exit code 1')).toBe(
      '子工作流实例 7 的结果为 失败：任务“x”失败：退出码 1',
    );
    expect(inChinese('waiting for worker group gpu: 8 of 8 places of 2 workers taken')).toBe(
      '等待 Worker 分组 gpu：2 个 Worker 的 8 个任务位已占用 8 个',
    );
  });

  it('takes the more particular sentence', () => {
    expect(inChinese('task group db: 2 of 2 slots, 3rd in line')).toBe('任务组 db：2 个配额已用 2 个，排队位置 3rd');
    expect(inChinese('exit code 127: a command of it was not found')).toBe('退出码 127：找不到其中的命令');
    expect(inChinese('running on worker w since 21:00:00Z')).toBe('自 <2026-03-01T21:00:00.000Z> 起在 Worker w 上运行');
  });

  it('finds the day of a time of day', () => {
    expect(inEnglish('delayed until 03:00:00Z')).toBe('delayed until <2026-03-02T03:00:00.000Z>');
    expect(reasonText('delayed until 23:00:00Z', english, english, time, Date.parse('2026-03-01T01:00:00Z'))).toBe(
      'delayed until <2026-02-28T23:00:00.000Z>',
    );
  });

  it('is shown as it came when it is not known', () => {
    expect(inChinese('the moon is full')).toBe('the moon is full');
    expect(inChinese("task 'a' failed: no such file {{time}}")).toBe('任务“a”失败：no such file {{time}}');
  });

  it('is only what the server says: names in it are not taken for its own', () => {
    expect(inChinese("task 'it's {{reason}}': delayed until 22:00:00Z")).toBe(
      '任务“it\'s {{reason}}”：延迟至 <2026-03-01T22:00:00.000Z>',
    );
  });
});
