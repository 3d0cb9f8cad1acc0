package io.porpoise.node.config;

/** A number of bytes, written as {@code 65536}, {@code 64KiB}, {@code 4MiB} or {@code 2GiB}. */
public record ByteSize(long bytes) {
  /** For buffers and the like, whose size is an int. */
  public int asInt() {
    return Math.toIntExact(bytes);
  }
}
