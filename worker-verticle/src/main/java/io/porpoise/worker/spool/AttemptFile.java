package io.porpoise.worker.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * All that is to be known of an attempt, in one file, because making files is dear:
 *
 * <pre>
 * # LENGTH     of what the worker has written, in bytes, this line included
 * ...          a bash fragment that ends in an exec, by which the keeper starts the process
 * # {...}      the attempt as JSON, which bash does not get to see
 * ...          appended by the keeper: what has become of the process
 * </pre>
 */
final class AttemptFile {
  static final String NAME = "attempt";
  private static final String HEAD = "# %010d\n";
  private static final int HEAD_BYTES = 13;

  private AttemptFile() {}

  /** What the worker writes, at once. */
  static byte[] bytes(String launch, byte[] json) {
    byte[] fragment = launch.getBytes(StandardCharsets.UTF_8);
    int length = HEAD_BYTES + fragment.length + 2 + json.length + 1;
    return ByteBuffer.allocate(length)
        .put(String.format(HEAD, length).getBytes(StandardCharsets.US_ASCII))
        .put(fragment)
        .put((byte) '#')
        .put((byte) ' ')
        .put(json)
        .put((byte) '\n')
        .array();
  }

  /** The attempt as JSON. Fails when the file is not whole. */
  static byte[] json(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int end = written(all) - 1;
    if (end < 0) {
      throw new IOException(file + " was not written to its end");
    }
    int begin = end;
    while (all[begin - 1] != '\n') {
      begin--;
    }
    return Arrays.copyOfRange(all, begin + 2, end);
  }

  /** What the keeper has appended. */
  static String appended(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int begin = Math.max(0, written(all));
    return new String(all, begin, all.length - begin, StandardCharsets.US_ASCII);
  }

  /** How much of it the worker has written, or -1 when it did not come to the end. */
  private static int written(byte[] all) {
    if (all.length < HEAD_BYTES) {
      return -1;
    }
    int length = Integer.parseInt(new String(all, 2, HEAD_BYTES - 3, StandardCharsets.US_ASCII));
    return length <= all.length ? length : -1;
  }
}
