import { HttpProblem, segment, send } from './http';

export interface LogPart {
  /** Of the first byte. */
  offset: number;
  bytes: Uint8Array;
  /** Bytes of the log when this was read. */
  size: number;
  /** Whether nothing more will be appended. */
  isComplete: boolean;
}

function address(taskInstanceId: string): string {
  return `/api/v1/task-instances/${segment(taskInstanceId)}/log`;
}

/** The bytes from an offset on, at most so many; fewer at the end. */
export async function readLog(id: string, offset: number, limit: number, signal?: AbortSignal): Promise<LogPart> {
  const answer = await send('GET', address(id), { query: { offset, limit }, accept: 'text/plain', signal });
  return part(answer, offset);
}

/** The last bytes of a log as it is now, in one request, however long it is. */
export async function readLogEnd(id: string, bytes: number, signal?: AbortSignal): Promise<LogPart> {
  try {
    const answer = await send('GET', address(id), { accept: 'text/plain', range: `bytes=-${bytes}`, signal });
    const first = /^bytes (\d+)-/.exec(answer.headers.get('Content-Range') ?? '');
    return await part(answer, first ? Number(first[1]) : 0);
  } catch (problem) {
    // An empty log has no last bytes. Whether it stays empty, the stream says.
    if (problem instanceof HttpProblem && problem.status === 416) {
      return { offset: 0, bytes: new Uint8Array(), size: 0, isComplete: false };
    }
    throw problem;
  }
}

/** For a link; the browser saves the file itself, however long it is. */
export function downloadAddress(id: string): string {
  return `${address(id)}?download=true`;
}

async function part(answer: Response, offset: number): Promise<LogPart> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { offset, bytes, size: sizeOf(answer), isComplete: isComplete(answer) };
}

function sizeOf(answer: Response): number {
  const size = Number(answer.headers.get('X-Log-Size') ?? Number.NaN);
  if (!Number.isFinite(size)) {
    throw new HttpProblem(answer.status, 'NO_SIZE', 'The answer does not say how long the log is.');
  }
  return size;
}

function isComplete(answer: Response): boolean {
  return answer.headers.get('X-Log-Complete') === 'true';
}
