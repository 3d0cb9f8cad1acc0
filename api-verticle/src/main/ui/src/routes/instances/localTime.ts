/** Between an instant and the text of an input of type `datetime-local`, in the reader's zone, to the minute. */
export function localInput(iso: string | undefined): string {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(time)) return '';
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Nothing for what is not a time (yet). */
export function utcOf(typed: string): string | undefined {
  const time = new Date(typed);
  return typed === '' || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
