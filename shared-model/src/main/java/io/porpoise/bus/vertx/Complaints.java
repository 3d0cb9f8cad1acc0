package io.porpoise.bus.vertx;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/**
 * Counts what went wrong, and warns of it at most once in ten seconds: a flood must not fill the
 * log.
 */
final class Complaints {
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final Logger log;
  private final LongAdder count = new LongAdder();
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  Complaints(Logger log) {
    this.log = log;
  }

  void complain(String address, String text) {
    count.increment();
    long now = System.nanoTime();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
      log.atWarn().addKeyValue("address", address).addKeyValue("soFar", count()).log(text);
    }
  }

  long count() {
    return count.sum();
  }
}
