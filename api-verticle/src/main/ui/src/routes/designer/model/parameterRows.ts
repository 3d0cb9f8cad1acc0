/**
 * Parameters as rows of a table, and as a workflow file writes them. A file writes `name: value` where
 * that says it all, and full forms where not; both are read here, as on the server.
 */
export const PARAMETER_TYPES = [
  'VARCHAR',
  'INTEGER',
  'LONG',
  'FLOAT',
  'DOUBLE',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'BOOLEAN',
  'LIST',
  'FILE',
] as const;

export type ParameterType = (typeof PARAMETER_TYPES)[number];
export type Direction = 'IN' | 'OUT';

export interface ParameterRow {
  readonly prop: string;
  readonly direct: Direction;
  readonly type: ParameterType;
  readonly value: string;
}

const TYPED = /^([A-Z]+)\(([\s\S]*)\)$/;
const SMALL_INTEGER = /^(?:0|-?[1-9][0-9]{0,7})$/;

function isType(text: unknown): text is ParameterType {
  return PARAMETER_TYPES.includes(text as ParameterType);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plainText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

function fromEntry(prop: string, value: unknown, direct: Direction, mayBeTyped: boolean): ParameterRow {
  if (typeof value === 'boolean') {
    return { prop, direct, type: 'BOOLEAN', value: String(value) };
  }
  if (typeof value === 'number') {
    const type = !Number.isInteger(value) ? 'FLOAT' : String(value).length <= 9 ? 'INTEGER' : 'LONG';
    return { prop, direct, type, value: String(value) };
  }
  if (Array.isArray(value)) {
    return { prop, direct, type: 'LIST', value: JSON.stringify(value) };
  }
  const text = plainText(value);
  const typed = mayBeTyped ? TYPED.exec(text) : null;
  if (typed !== null && isType(typed[1])) {
    return { prop, direct, type: typed[1], value: typed[2] ?? '' };
  }
  return { prop, direct, type: 'VARCHAR', value: text };
}

function fromItem(item: unknown, direct: Direction, mayBeTyped: boolean): ParameterRow[] {
  if (!isRecord(item)) {
    return [{ prop: plainText(item), direct, type: 'VARCHAR', value: '' }];
  }
  if (!('prop' in item)) {
    return Object.entries(item).map(([prop, value]) => fromEntry(prop, value, direct, mayBeTyped));
  }
  const own = String(item.direct ?? direct).toUpperCase() === 'OUT' ? 'OUT' : 'IN';
  const plain = fromEntry(plainText(item.prop), item.value, own, false);
  const type = String(item.type ?? '').toUpperCase();
  return [isType(type) ? { ...plain, type } : plain];
}

/**
 * @param direct of rows that do not say their own
 * @param mayBeTyped whether a text `INTEGER(5)` names its type: in tasks it does, in globals it does not
 */
export function readRows(written: unknown, direct: Direction, mayBeTyped: boolean): readonly ParameterRow[] {
  if (Array.isArray(written)) {
    return written.flatMap((item) => fromItem(item, direct, mayBeTyped));
  }
  return isRecord(written)
    ? Object.entries(written).map(([prop, value]) => fromEntry(prop, value, direct, mayBeTyped))
    : [];
}

/** A value that is read back as the same parameter; undefined when its type would be lost. */
function plainValue({ type, value }: ParameterRow): string | number | boolean | undefined {
  switch (type) {
    case 'VARCHAR':
      return value;
    case 'BOOLEAN':
      return value === 'true' || value === 'false' ? value === 'true' : undefined;
    case 'INTEGER':
      return SMALL_INTEGER.test(value) ? Number(value) : undefined;
    default:
      return undefined;
  }
}

/** Names that a map can hold in this order: JavaScript moves keys that look like numbers to the front. */
function fitMap(rows: readonly ParameterRow[]): boolean {
  const props = rows.map((row) => row.prop);
  return new Set(props).size === props.length && props.every((prop) => prop !== '' && !/^\d+$/.test(prop));
}

/** Global parameters: a map where that says it all, else a list of full forms; undefined for none. */
export function writeGlobals(rows: readonly ParameterRow[]): unknown {
  if (rows.length === 0) {
    return undefined;
  }
  const plain = rows.map((row) => (row.direct === 'IN' ? plainValue(row) : undefined));
  if (!fitMap(rows) || plain.includes(undefined)) {
    return rows.map((row) => ({ ...row }));
  }
  return Object.fromEntries(rows.map((row, index) => [row.prop, plain[index]]));
}

/** Parameters of a task in one direction; undefined for none. */
export function writeLocal(rows: readonly ParameterRow[]): unknown {
  if (rows.length === 0) {
    return undefined;
  }
  if (!fitMap(rows)) {
    return rows.map((row) => ({ ...row }));
  }
  return Object.fromEntries(
    rows.map((row) => {
      const plain = TYPED.test(row.value) ? undefined : plainValue(row);
      return [row.prop, plain ?? `${row.type}(${row.value})`];
    }),
  );
}
