import type { WorkflowInstance } from './instances';

/**
 * The rows of a live list: a first page that the stream keeps true, and older pages that were asked for. Newest first,
 * by creation, then by id.
 */
export interface InstanceTable {
  rows: WorkflowInstance[];
  /** Cursor of the older page; null at the end. */
  next: string | null;
}

export function isNewer(one: WorkflowInstance, other: WorkflowInstance): boolean {
  if (one.createdTime !== other.createdTime) return one.createdTime > other.createdTime;
  if (one.id.length !== other.id.length) return one.id.length > other.id.length;
  return one.id > other.id;
}

/** A snapshot replaces what it covers; rows older than its last one stay when older pages had been loaded. */
export function withSnapshot(
  table: InstanceTable | null,
  rows: WorkflowInstance[],
  next: string | null,
  hasOlderPages: boolean,
): InstanceTable {
  const last = rows.at(-1);
  if (!table || !hasOlderPages || !last || next === null) return { rows, next };
  return { rows: [...rows, ...table.rows.filter((row) => isNewer(last, row))], next: table.next };
}

/** Rows that are new or differ; `removed` no longer belong here. Untouched rows stay the same objects. */
export function withChanges(table: InstanceTable, changed: WorkflowInstance[], removed: string[]): InstanceTable {
  const gone = new Set(removed);
  const fresh = new Map(changed.filter((row) => !gone.has(row.id)).map((row) => [row.id, row]));
  const rows: WorkflowInstance[] = [];
  for (const row of table.rows) {
    if (gone.has(row.id)) continue;
    rows.push(fresh.get(row.id) ?? row);
    fresh.delete(row.id);
  }
  for (const row of fresh.values()) {
    const place = rows.findIndex((other) => isNewer(row, other));
    if (place >= 0) rows.splice(place, 0, row);
    // One that is older than everything shown belongs to a page that was not asked for yet.
    else if (table.next === null) rows.push(row);
  }
  return { rows, next: table.next };
}

export function withOlderPage(table: InstanceTable, rows: WorkflowInstance[], next: string | null): InstanceTable {
  const known = new Set(table.rows.map((row) => row.id));
  return { rows: [...table.rows, ...rows.filter((row) => !known.has(row.id))], next };
}
