package io.porpoise.api.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down the guessing of passwords, by user and address together and by address alone: after
 * some failures every further attempt waits, longer each time, one attempt at a time. A user cannot
 * be locked out from elsewhere. The memory is bounded: the longest unused entry makes room, and
 * each is forgotten some time after its last failure. For one event loop.
 */
final class LoginBrake {
  private static final int ENTRIES_MAX = 10_000;
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration WAIT_MAX = Duration.ofSeconds(10);
  private static final Duration FORGET_AFTER = Duration.ofMinutes(15);
  private static final int FREE_OF_PAIR = 4;
  private static final int FREE_OF_ADDRESS = 20;

  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Entry {
    private int failures;
    private long lastNanos;
    private boolean isBusy;
  }

  /** What an attempt must do: wait so long, or go away when another one is waiting already. */
  record Verdict(boolean isRefused, Duration pause) {}

  /**
   * Asks before the attempt; after a verdict that is no refusal, {@link #ended} or {@link
   * #cancelled} must follow. An attempt counts as failed until it is known to be right, so that
   * many at once are slowed down as well.
   */
  Verdict begin(String user, String address, long nowNanos) {
    Entry pair = entry(pairKey(user, address), nowNanos);
    Entry all = entry(address, nowNanos);
    Duration wait = wait(pair.failures - FREE_OF_PAIR);
    Duration addressWait = wait(all.failures - FREE_OF_ADDRESS);
    boolean isBusy = pair.isBusy || (all.isBusy && !addressWait.isZero());
    if (addressWait.compareTo(wait) > 0) {
      wait = addressWait;
    }
    if (!wait.isZero()) {
      if (isBusy) {
        return new Verdict(true, wait);
      }
      pair.isBusy = true;
      all.isBusy = true;
    }
    for (Entry entry : new Entry[] {pair, all}) {
      entry.failures++;
      entry.lastNanos = nowNanos;
    }
    return new Verdict(false, wait);
  }

  void ended(String user, String address, boolean isRight, long nowNanos) {
    release(pairKey(user, address), isRight, nowNanos);
    release(address, isRight, nowNanos);
    if (isRight) {
      entries.remove(pairKey(user, address));
    }
  }

  /** The attempt came to no result, by no fault of the caller. */
  void cancelled(String user, String address, long nowNanos) {
    release(pairKey(user, address), true, nowNanos);
    release(address, true, nowNanos);
  }

  private void release(String key, boolean isForgiven, long nowNanos) {
    Entry entry = entry(key, nowNanos);
    entry.isBusy = false;
    if (isForgiven && entry.failures > 0) {
      entry.failures--;
    }
  }

  int size() {
    return entries.size();
  }

  private Entry entry(String key, long nowNanos) {
    Entry entry = entries.computeIfAbsent(key, k -> new Entry());
    if (entry.failures > 0 && nowNanos - entry.lastNanos > FORGET_AFTER.toNanos()) {
      entry.failures = 0;
    }
    if (entries.size() > ENTRIES_MAX) {
      entries.remove(entries.keySet().iterator().next());
    }
    return entry;
  }

  private static String pairKey(String user, String address) {
    return address + " " + user;
  }

  private static Duration wait(int failuresTooMany) {
    if (failuresTooMany < 0) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failuresTooMany, 10));
    return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
  }
}
