/**
 * Readers for what the server answers. A field that is missing or of another kind than the API document says throws a
 * {@link ShapeError} that names its place, here at the boundary, and not as `undefined` in the middle of a page.
 */
export type Decoder<T> = (value: unknown, path: string) => T;

export class ShapeError extends Error {
  constructor(path: string, wanted: string, found: unknown) {
    super(`${path || 'answer'}: expected ${wanted}, found ${found === null ? 'null' : typeof found}`);
    this.name = 'ShapeError';
  }
}

export const text: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new ShapeError(path, 'text', value);
  return value;
};

export const number: Decoder<number> = (value, path) => {
  if (typeof value !== 'number') throw new ShapeError(path, 'a number', value);
  return value;
};

export const flag: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new ShapeError(path, 'true or false', value);
  return value;
};

/** What the UI hands on without looking into it. */
export const anything: Decoder<unknown> = (value) => value;

export function nullable<T>(inner: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null || value === undefined ? null : inner(value, path));
}

export function or<T>(inner: Decoder<T>, instead: T): Decoder<T> {
  return (value, path) => (value === undefined || value === null ? instead : inner(value, path));
}

export function list<T>(inner: Decoder<T>): Decoder<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, 'a list', value);
    return value.map((item, index) => inner(item, `${path}[${index}]`));
  };
}

export function map<T>(inner: Decoder<T>): Decoder<Record<string, T>> {
  return (value, path) => {
    const found: Record<string, T> = {};
    for (const [key, item] of Object.entries(fields(value, path))) {
      found[key] = inner(item, `${path}.${key}`);
    }
    return found;
  };
}

/** One of the known words; an unknown one (of a newer server) is kept as it is, because it can still be shown. */
export function word<T extends string>(): Decoder<T> {
  return (value, path) => text(value, path) as T;
}

/** An object of known fields; fields that are not listed are left out. */
export function object<T>(shape: { [K in keyof T]: Decoder<T[K]> }): Decoder<T> {
  const names = Object.keys(shape) as (keyof T & string)[];
  return (value, path) => {
    const source = fields(value, path);
    const found = {} as T;
    for (const name of names) {
      found[name] = shape[name](source[name], path ? `${path}.${name}` : name);
    }
    return found;
  };
}

function fields(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ShapeError(path, 'an object', value);
  }
  return value as Record<string, unknown>;
}
