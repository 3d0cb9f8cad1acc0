/** A binary message of the stream: subscription id (4 bytes, big endian), offset of the first byte (8), the bytes. */
export interface LogFrame {
  id: number;
  offset: number;
  bytes: Uint8Array;
}

export function readLogFrame(data: ArrayBuffer): LogFrame {
  const view = new DataView(data);
  return { id: view.getInt32(0), offset: Number(view.getBigInt64(4)), bytes: new Uint8Array(data, 12) };
}
