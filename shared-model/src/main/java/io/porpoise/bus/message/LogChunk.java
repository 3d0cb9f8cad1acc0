package io.porpoise.bus.message;

import io.porpoise.bus.Message;

/**
 * A piece of a log.
 *
 * @param found false: the worker holds no log of this attempt (any more)
 * @param offset where {@code bytes} begin
 * @param size of the log at present
 * @param complete whether nothing more will be appended
 * @param bytes may be empty; carried raw on the wire
 */
public record LogChunk(boolean found, long offset, long size, boolean complete, byte[] bytes)
    implements Message {
  public static final LogChunk NOT_FOUND = new LogChunk(false, 0, 0, true, new byte[0]);
}
