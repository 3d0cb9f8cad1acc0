package io.porpoise.api.log;

import io.porpoise.api.http.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a log that a request wants.
 *
 * @param first byte; negative: so many from the end
 * @param last byte, inclusive
 * @param isRange whether it was asked for by a Range header, so that the answer is a 206
 */
record ByteRange(long first, long last, boolean isRange) {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /**
   * The wish of a {@code Range} header. What is no single range of bytes is ignored, as RFC 9110
   * (14.2) allows: the answer is then the whole log.
   */
  static ByteRange ofHeader(String header) {
    Matcher matcher = RANGE.matcher(header.trim());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return of(0, Long.MAX_VALUE);
    }
    if (matcher.group(1).isEmpty()) {
      return new ByteRange(-Long.parseLong(matcher.group(2)), Long.MAX_VALUE, true);
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
    return last < first ? of(0, Long.MAX_VALUE) : new ByteRange(first, last, true);
  }

  static ByteRange of(long offset, long limit) {
    long last = limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit - 1;
    return new ByteRange(offset, last, false);
  }

  /**
   * Without open ends, for a log of this size; a range that begins behind its end cannot be
   * satisfied.
   */
  ByteRange within(long size) {
    long begin = first < 0 ? Math.max(0, size + first) : first;
    boolean isAllOfNothing = isRange && first == 0 && last == Long.MAX_VALUE && size == 0;
    if (isRange && begin >= size && !isAllOfNothing) {
      throw Problem.of(416, "RANGE_NOT_SATISFIABLE", "The log has " + size + " bytes at present.")
          .withHeader("Content-Range", "bytes */" + size);
    }
    return new ByteRange(Math.min(begin, size), Math.min(last, size - 1), isRange && size > 0);
  }

  long length() {
    return Math.max(0, last - first + 1);
  }
}
