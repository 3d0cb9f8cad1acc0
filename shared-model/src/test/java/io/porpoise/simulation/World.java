package io.porpoise.simulation;

import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A deterministic discrete-event world: a virtual time, a queue of events in the order (time,
 * insertion), and one seeded random source.
 */
public final class World {
  /** The wall clock of an undisturbed node when the world begins. */
  public static final Instant GENESIS = Instant.parse("2026-03-29T00:55:00Z");

  private final SplittableRandom random;
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final List<String> failures = new ArrayList<>();
  private Consumer<String> printer;
  private Runnable afterStep = () -> {};
  private SimNode running;
  private long nanos;
  private long sequence;
  private long steps;
  private long hash = 17;

  public World(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Virtual nanoseconds since the world began. */
  public long nanos() {
    return nanos;
  }

  public Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  /** How many events have happened. */
  public long steps() {
    return steps;
  }

  /**
   * A random source of its own for one purpose, so that drawing more for one purpose leaves the
   * others as they were.
   */
  public SplittableRandom split() {
    return random.split();
  }

  /**
   * Lets something happen after a delay, whoever is alive by then; what belongs to a process goes
   * through its node.
   */
  public Disposable after(Duration delay, Runnable action) {
    return afterNanos(delay.toNanos(), action);
  }

  public Disposable afterNanos(long delayNanos, Runnable action) {
    Event event = new Event(nanos + Math.max(0, delayNanos), sequence++, action);
    queue.add(event);
    return event;
  }

  /** Lets the next event happen; false when there is none. */
  public boolean step() {
    Event event = queue.poll();
    while (event != null && event.isDisposed()) {
      event = queue.poll();
    }
    if (event == null) {
      return false;
    }
    nanos = event.at;
    steps++;
    mix(event.at);
    mix(event.order);
    Runnable action = event.action;
    event.action = null;
    action.run();
    afterStep.run();
    return true;
  }

  /** Looks at the world after each event; one listener. */
  public void afterEachStep(Runnable look) {
    afterStep = look;
  }

  /** The loop whose task runs at this moment, or null. */
  SimNode running() {
    return running;
  }

  void setRunning(SimNode loop) {
    running = loop;
  }

  /** Runs for so long, or until something has failed. */
  public void runFor(Duration duration) {
    long end = nanos + duration.toNanos();
    while (failures.isEmpty() && !queue.isEmpty() && queue.peek().at <= end) {
      step();
    }
    if (failures.isEmpty()) {
      nanos = Math.max(nanos, end);
    }
  }

  /** Runs until the condition holds, for {@code atMost}; emits whether it holds. */
  public boolean runUntil(BooleanSupplier condition, Duration atMost) {
    long end = nanos + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (!failures.isEmpty() || queue.isEmpty() || queue.peek().at > end) {
        return false;
      }
      step();
    }
    return true;
  }

  /**
   * Something happened that must not happen. The first failure is what counts; the world may be run
   * on to see more.
   */
  public void fail(String sentence) {
    failures.add(sentence);
    trace(() -> "FAILURE: " + sentence);
  }

  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** Prints the trace line by line from now on. */
  public void printTo(Consumer<String> newPrinter) {
    printer = newPrinter;
  }

  /** A line of the trace; made only when somebody reads it. */
  public void trace(Supplier<String> line) {
    if (printer != null) {
      String text = line.get();
      mix(text.hashCode());
      printer.accept(String.format("%12.6f %s", nanos / 1e9, text));
    }
  }

  /** A number that two runs of one seed have in common, and hardly anything else has. */
  public long hash() {
    return hash;
  }

  private void mix(long value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
  }

  private static final class Event implements Comparable<Event>, Disposable {
    private final long at;
    private final long order;
    private Runnable action;

    Event(long at, long order, Runnable action) {
      this.at = at;
      this.order = order;
      this.action = action;
    }

    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }

    @Override
    public void dispose() {
      action = null;
    }

    @Override
    public boolean isDisposed() {
      return action == null;
    }
  }
}
