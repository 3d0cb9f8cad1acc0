package io.porpoise.chaos.fault;

import io.porpoise.chaos.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Faults for a time: which, when, and for how long is decided by a seed. Some overlap, but a victim
 * suffers one at a time, and a worker and its keeper never both: then nobody would be left to end
 * its attempts, which is promised for one of the two only.
 */
public final class FaultPlan {
  private static final long GAP_MIN_MILLIS = 500;
  private static final long GAP_MAX_MILLIS = 6_000;

  /** Between two faults of one victim, so that it gets up again. */
  private static final long REST_MILLIS = 8_000;

  /** Longer than it takes until a worker is given up (28 s). */
  private static final long LONG_MILLIS = 33_000;

  /** A fault with its time from the beginning. */
  public record Planned(long atMillis, Fault fault) {}

  private final SplittableRandom random;
  private final List<String> members;
  private final List<String> islanders;
  private final Map<String, Long> busyUntil = new HashMap<>();

  private FaultPlan(long seed, List<String> members, List<String> islanders) {
    random = new SplittableRandom(seed);
    this.members = List.copyOf(members);
    this.islanders = List.copyOf(islanders);
  }

  /**
   * In the order in which they happen; all are over by the end of the time.
   *
   * @param islanders the members that can be cut off
   */
  public static List<Planned> of(
      long seed, List<String> members, List<String> islanders, long millis) {
    FaultPlan plan = new FaultPlan(seed, members, islanders);
    List<Planned> faults = new ArrayList<>();
    long at = 0;
    while (true) {
      at += plan.random.nextLong(GAP_MIN_MILLIS, GAP_MAX_MILLIS);
      if (at >= millis) {
        return faults;
      }
      Fault fault = plan.next();
      if (at + fault.holdMillis() <= millis && plan.isFree(fault, at)) {
        faults.add(new Planned(at, fault));
      }
    }
  }

  private Fault next() {
    int chance = random.nextInt(100);
    if (chance < 12) {
      String victim = random.nextBoolean() ? "zookeeper" : "mariadb";
      return new Fault(ofAProcess(), victim, shortly());
    }
    if (chance < 32 && !islanders.isEmpty()) {
      String victim = islanders.get(random.nextInt(islanders.size()));
      return new Fault(Kind.CUT, victim, shortlyOrLong(victim));
    }
    String victim = members.get(random.nextInt(members.size()));
    if (victim.startsWith("worker-") && chance > 85) {
      Kind kind = random.nextBoolean() ? Kind.KILL : Kind.FREEZE;
      return new Fault(kind, victim + "/worker/keeper", random.nextLong(100, 6_000));
    }
    Kind kind = ofAProcess();
    return new Fault(kind, victim, kind == Kind.RESTART ? 0 : shortlyOrLong(victim));
  }

  private Kind ofAProcess() {
    int chance = random.nextInt(10);
    return chance < 5 ? Kind.KILL : chance < 8 ? Kind.FREEZE : Kind.RESTART;
  }

  private long shortly() {
    return random.nextLong(200, 12_000);
  }

  private long shortlyOrLong(String victim) {
    boolean isLong = victim.startsWith("worker-") && random.nextInt(3) == 0;
    return isLong ? LONG_MILLIS + shortly() : shortly();
  }

  private boolean isFree(Fault fault, long at) {
    if (at < busyUntil.getOrDefault(fault.machine(), 0L)) {
      return false;
    }
    busyUntil.put(fault.machine(), at + fault.holdMillis() + REST_MILLIS);
    return true;
  }
}
