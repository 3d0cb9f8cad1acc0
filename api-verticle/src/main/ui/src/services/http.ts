import { list, nullable, number, object, or, text, type Decoder } from './decode';

/** One fault of a document, with its place. */
export interface Fault {
  line: number | null;
  column: number | null;
  path: string;
  message: string;
}

export const fault: Decoder<Fault> = object<Fault>({
  line: nullable(number),
  column: nullable(number),
  path: or(text, ''),
  message: text,
});

/** An answer that is not 2xx, or none at all (`code` NETWORK): what is wrong and what to do, in the server's words. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: Fault[] = [],
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail);
    this.name = 'HttpProblem';
  }

  /** Whether the same request may succeed a little later without anybody changing it. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503;
  }
}

export interface RequestOptions<T> {
  query?: Record<string, string | number | boolean | null | undefined>;
  /** Sent as JSON, unless it is a text together with `contentType`. */
  body?: unknown;
  contentType?: string;
  accept?: string;
  /** A part of the answer only, as RFC 9110 says it. */
  range?: string;
  /** Reads the JSON of the answer; without it the answer has no body that matters. */
  read?: Decoder<T>;
  signal?: AbortSignal;
  /** A repeated request with the same key is carried out once. */
  idempotencyKey?: string;
}

type UnauthorizedListener = () => void;
let onUnauthorized: UnauthorizedListener = () => {};

/** Told when a request other than a log-in finds that nobody is logged in (any more). */
export function whenUnauthorized(listener: UnauthorizedListener): void {
  onUnauthorized = listener;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';

/** Sends a request and gives its answer, whatever the status below 400; throws {@link HttpProblem} for all else. */
export async function send(method: Method, path: string, options: RequestOptions<unknown> = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: options.accept ?? 'application/json' };
  if (method !== 'GET' && method !== 'HEAD') {
    headers['X-Porpoise-Request'] = '1';
  }
  if (options.range) {
    headers.Range = options.range;
  }
  let body: string | undefined;
  if (options.body !== undefined) {
    headers['Content-Type'] = options.contentType ?? 'application/json';
    body = options.contentType ? String(options.body) : JSON.stringify(options.body);
  }
  if (options.idempotencyKey) {
    headers['Idempotency-Key'] = options.idempotencyKey;
  }
  let answer: Response;
  try {
    answer = await fetch(path + queryText(options.query), {
      method,
      headers,
      body,
      signal: options.signal,
      credentials: 'same-origin',
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new HttpProblem(0, 'NETWORK', String(failure instanceof Error ? failure.message : failure));
  }
  if (answer.ok) return answer;
  const problem = await readProblem(answer);
  if (answer.status === 401 && path !== '/api/v1/login') onUnauthorized();
  throw problem;
}

/** As {@link send}, and reads the JSON that comes back. */
export async function request<T>(method: Method, path: string, options: RequestOptions<T> = {}): Promise<T> {
  const answer = await send(method, path, options);
  if (!options.read) return undefined as T;
  return options.read(await answer.json(), '');
}

export function get<T>(path: string, read: Decoder<T>, options: RequestOptions<T> = {}): Promise<T> {
  return request('GET', path, { ...options, read });
}

export function post<T>(path: string, body: unknown, read?: Decoder<T>, options: RequestOptions<T> = {}): Promise<T> {
  return request('POST', path, { ...options, body, read });
}

/** The part of an address after its path, with `?`; empty values are left out. */
export function queryText(query: RequestOptions<unknown>['query']): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') parts.set(name, String(value));
  }
  const joined = parts.toString();
  return joined ? `?${joined}` : '';
}

/** A part of a path, whatever characters a name has. */
export function segment(name: string): string {
  return encodeURIComponent(name);
}

/** For {@link RequestOptions.idempotencyKey}; also where the page was not loaded over HTTPS. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
}

async function readProblem(answer: Response): Promise<HttpProblem> {
  const retryAfter = Number(answer.headers.get('Retry-After'));
  const seconds = Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null;
  let found: unknown = null;
  try {
    found = await answer.json();
  } catch {
    // A proxy in between answers with a page of its own; its status says enough.
  }
  const shape = object({ code: or(text, 'UNKNOWN'), detail: or(text, ''), errors: or(list(fault), []) });
  try {
    const problem = shape(found, '');
    return new HttpProblem(answer.status, problem.code, problem.detail || answer.statusText, problem.errors, seconds);
  } catch {
    return new HttpProblem(answer.status, 'UNKNOWN', `${answer.status} ${answer.statusText}`.trim(), [], seconds);
  }
}
