package io.porpoise.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Thousands of histories. {@code -Dhistories=N} says how many, {@code -Dseed=N} plays that one
 * alone and prints its trace, {@code -DfirstSeed=N} begins elsewhere.
 */
class HistoriesTest {
  private static final int TAIL = 200;
  private static final Set<FaultKind> ALLOWED = allowed();

  private static final ThreadLocal<History> PLAYING = new ThreadLocal<>();

  private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.porpoise");
  private static final Level USUAL = OURS.getLevel();

  @BeforeAll
  static void the_log_of_thousands_of_histories_is_of_no_use() {
    if (Long.getLong("seed") == null) {
      OURS.setLevel(Level.OFF);
    }
  }

  @BeforeAll
  static void errors_that_nobody_hears_break_a_promise() {
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

  @AfterAll
  static void reset() {
    RxJavaPlugins.setErrorHandler(null);
    OURS.setLevel(USUAL);
  }

  @Test
  void no_promise_is_broken_in_any_history() throws Exception {
    Long seed = Long.getLong("seed");
    if (seed != null) {
      playAlone(seed);
      return;
    }
    long first = Long.getLong("firstSeed", 1);
    long count = Long.getLong("histories", 2_000);
    AtomicLong next = new AtomicLong(first);
    AtomicLong processes = new AtomicLong();
    AtomicLong failing = new AtomicLong(Long.MAX_VALUE);
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long begun = System.nanoTime();
    try {
      List<Future<?>> players = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        players.add(pool.submit(() -> playSome(next, first + count, processes, failing)));
      }
      for (Future<?> player : players) {
        player.get();
      }
    } finally {
      pool.shutdownNow();
    }
    if (failing.get() != Long.MAX_VALUE) {
      failWithTrace(failing.get());
    }
    System.out.printf(
        "%d histories, %d processes, %.1f s%n",
        count, processes.get(), (System.nanoTime() - begun) / 1e9);
    assertThat(processes.get()).isGreaterThan(count);
  }

  @Test
  void the_same_seed_plays_the_same_history() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(tracedHash(seed)).isEqualTo(tracedHash(seed));
    }
  }

  private static long tracedHash(long seed) {
    History history = new History(seed, ALLOWED);
    history.world().printTo(line -> {});
    play(history);
    return history.world().hash();
  }

  private static void playSome(
      AtomicLong next, long end, AtomicLong processes, AtomicLong failing) {
    for (long seed = next.getAndIncrement();
        seed < end && failing.get() == Long.MAX_VALUE;
        seed = next.getAndIncrement()) {
      History history = new History(seed, ALLOWED);
      play(history);
      processes.addAndGet(history.checker().processes());
      if (!history.world().failures().isEmpty()) {
        failing.accumulateAndGet(seed, Math::min);
      }
    }
  }

  private static Set<FaultKind> allowed() {
    String names = System.getProperty("faults");
    if (names == null) {
      return EnumSet.allOf(FaultKind.class);
    }
    Set<FaultKind> chosen = EnumSet.noneOf(FaultKind.class);
    for (String name : names.split(",")) {
      chosen.add(FaultKind.valueOf(name.trim()));
    }
    return chosen;
  }

  private static void play(History history) {
    PLAYING.set(history);
    try {
      history.play();
    } finally {
      PLAYING.remove();
    }
  }

  private static void playAlone(long seed) {
    History history = new History(seed, ALLOWED);
    history.world().printTo(System.out::println);
    play(history);
    assertThat(history.world().failures()).as("seed " + seed).isEmpty();
  }

  private static void failWithTrace(long seed) {
    Deque<String> tail = new ArrayDeque<>();
    History history = new History(seed, ALLOWED);
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
    fail(
        "seed %d: %s%nreplay with -Dseed=%d; the end of its trace:%n%s",
        seed, history.world().failures(), seed, String.join("\n", tail));
  }
}
