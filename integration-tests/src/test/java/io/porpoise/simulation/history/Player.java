package io.porpoise.simulation.history;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Plays many histories side by side: each in one thread, as many at once as there are cores. */
public final class Player {
  private static final int TAIL = 200;
  private static final ThreadLocal<History> PLAYING = new ThreadLocal<>();

  private final Set<FaultKind> faults;
  private final boolean goesOn;
  private final BiConsumer<Long, String> onFailure;
  private final AtomicLong next;
  private final AtomicLong played = new AtomicLong();
  private final AtomicLong processes = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();
  private final ConcurrentSkipListMap<Long, String> failures = new ConcurrentSkipListMap<>();

  /**
   * @param first seed
   * @param goesOn whether to play on after a failure
   * @param onFailure told at once of a seed and the promise that it broke, in any thread
   */
  Player(Set<FaultKind> faults, long first, boolean goesOn, BiConsumer<Long, String> onFailure) {
    this.faults = faults;
    this.goesOn = goesOn;
    this.onFailure = onFailure;
    next = new AtomicLong(first);
  }

  /** Lets errors that nobody hears break a promise of the history in which they happen. */
  static void hearErrors() {
    RxJavaPlugins.setErrorHandler(
        error -> {
          History history = PLAYING.get();
          if (history != null) {
            StringWriter stack = new StringWriter();
            error.printStackTrace(new PrintWriter(stack));
            history.world().fail("every error is heard by somebody: " + stack);
          }
        });
  }

  static void stopHearingErrors() {
    RxJavaPlugins.setErrorHandler(null);
  }

  /**
   * Plays from the first seed until a promise is broken, with all faults.
   *
   * @return the promise and the seed, or null when none of so many histories has broken one
   */
  public static String firstFailure(long histories)
      throws InterruptedException, ExecutionException {
    hearErrors();
    Player player = new Player(EnumSet.allOf(FaultKind.class), 1, false, (seed, broken) -> {});
    AtomicLong left = new AtomicLong(histories);
    try {
      player.play(() -> left.getAndDecrement() > 0, Duration.ofMinutes(1), line -> {});
    } finally {
      stopHearingErrors();
    }
    if (player.failures().isEmpty()) {
      return null;
    }
    // Seeds are begun in their order, and what was begun is played to its end: it is the first.
    var first = player.failures().entrySet().iterator().next();
    return first.getValue() + " | " + first.getKey();
  }

  /** Plays one history in this thread. */
  static void play(History history) {
    PLAYING.set(history);
    try {
      history.play();
    } finally {
      PLAYING.remove();
    }
  }

  /** Plays one seed again; the end of its trace, and what was broken. */
  String tail(long seed) {
    Deque<String> tail = new ArrayDeque<>();
    History history = new History(seed, faults);
    history
        .world()
        .printTo(
            line -> {
              tail.addLast(line);
              if (tail.size() > TAIL) {
                tail.removeFirst();
              }
            });
    play(history);
    return String.join("\n", tail);
  }

  /**
   * Plays seed after seed as long as wanted.
   *
   * @param isWanted asked before each history
   * @param progress told every so often how far it is
   */
  void play(BooleanSupplier isWanted, Duration interval, Consumer<String> progress)
      throws InterruptedException, ExecutionException {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long begun = System.nanoTime();
    try {
      List<Future<?>> players = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        players.add(pool.submit(() -> playSome(isWanted)));
      }
      for (Future<?> player : players) {
        while (!isDone(player, interval)) {
          progress.accept(summary(begun));
        }
      }
      progress.accept(summary(begun));
    } finally {
      pool.shutdownNow();
    }
  }

  /** The seeds that failed, each with the first promise that it broke. */
  Map<Long, String> failures() {
    return new TreeMap<>(failures);
  }

  long played() {
    return played.get();
  }

  long processes() {
    return processes.get();
  }

  private static boolean isDone(Future<?> player, Duration patience)
      throws InterruptedException, ExecutionException {
    try {
      player.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private void playSome(BooleanSupplier isWanted) {
    while (isWanted.getAsBoolean() && (goesOn || failures.isEmpty())) {
      long seed = next.getAndIncrement();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      History history = new History(seed, faults);
      play(history);
      cpuNanos.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
      played.incrementAndGet();
      processes.addAndGet(history.checker().processes());
      if (!history.world().failures().isEmpty()) {
        String broken = history.world().failures().get(0).lines().findFirst().orElse("");
        failures.put(seed, broken);
        onFailure.accept(seed, broken);
      }
    }
  }

  private String summary(long begunNanos) {
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    return String.format(
        "%,d histories, %,d processes, %.0f s, %.0f a second (%.1f ms of CPU each), %d failed%s",
        played.get(),
        processes.get(),
        seconds,
        played.get() / seconds,
        cpuNanos.get() / 1e6 / Math.max(1, played.get()),
        failures.size(),
        failures.isEmpty() ? "" : ", first seed " + failures.firstKey());
  }
}
