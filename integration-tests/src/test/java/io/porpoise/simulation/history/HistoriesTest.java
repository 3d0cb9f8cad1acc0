package io.porpoise.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Thousands of histories. {@code -Dhistories=N} says how many, {@code -Dsoak.minutes=N} how long,
 * {@code -Dseed=N} plays that one alone and prints its trace; the rest is in {@code
 * docs/simulation.md}.
 */
class HistoriesTest {
  private static final Set<FaultKind> FAULTS = faults();

  /** In each run of the tests, on a machine that is not busy with other things. */
  private static final long USUAL_HISTORIES = 20_000;

  private static final Duration USUAL_TIME = Duration.ofSeconds(150);
  private static final Path FAILURES = Path.of("target", "histories-failed.txt");

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
    Player.hearErrors();
  }

  @AfterAll
  static void reset() {
    Player.stopHearingErrors();
    OURS.setLevel(USUAL);
  }

  @Test
  void no_promise_is_broken_in_any_history() throws Exception {
    Long seed = Long.getLong("seed");
    if (seed != null) {
      playAlone(seed);
      return;
    }
    Files.deleteIfExists(FAILURES);
    Player player =
        new Player(
            FAULTS, Long.getLong("firstSeed", 1), Boolean.getBoolean("goOn"), HistoriesTest::keep);
    player.play(wanted(), progressInterval(), System.out::println);
    Map<Long, String> failures = player.failures();
    if (!failures.isEmpty()) {
      long first = failures.keySet().iterator().next();
      fail(
          "seed %d: %s%nall failed seeds: %s, also in %s%nreplay with -Dseed=%d%s; the end of its trace:%n%s",
          first,
          failures.get(first),
          failures.keySet(),
          FAILURES,
          first,
          System.getProperty("faults") == null ? "" : " -Dfaults=" + System.getProperty("faults"),
          player.tail(first));
    }
    assertThat(player.processes()).isGreaterThan(player.played());
  }

  @Test
  void the_same_seed_plays_the_same_history() {
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(tracedHash(seed)).isEqualTo(tracedHash(seed));
    }
  }

  @Test
  void histories_that_are_played_side_by_side_are_those_that_are_played_alone() throws Exception {
    List<Long> alone = new ArrayList<>();
    for (long seed = 1; seed <= 20; seed++) {
      alone.add(tracedHash(seed));
    }

    List<Long> beside = new ArrayList<>(java.util.Collections.nCopies(20, 0L));
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int share = thread;
      threads.add(
          new Thread(
              () -> {
                for (int i = share; i < 20; i += 4) {
                  beside.set(i, tracedHash(i + 1));
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(beside).isEqualTo(alone);
  }

  private static long tracedHash(long seed) {
    History history = new History(seed, FAULTS);
    history.world().printTo(line -> {});
    Player.play(history);
    return history.world().hash();
  }

  private static BooleanSupplier wanted() {
    Long minutes = Long.getLong("soak.minutes");
    if (minutes != null) {
      long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
      return () -> System.nanoTime() - end < 0;
    }
    Long histories = Long.getLong("histories");
    AtomicLong left = new AtomicLong(histories == null ? USUAL_HISTORIES : histories);
    long end = histories == null ? System.nanoTime() + USUAL_TIME.toNanos() : 0;
    return () -> left.getAndDecrement() > 0 && (histories != null || System.nanoTime() - end < 0);
  }

  private static Duration progressInterval() {
    return Duration.ofSeconds(Long.getLong("progress.seconds", 30));
  }

  private static Set<FaultKind> faults() {
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

  private static void playAlone(long seed) {
    History history = new History(seed, FAULTS);
    history.world().printTo(System.out::println);
    Player.play(history);
    assertThat(history.world().failures()).as("seed " + seed).isEmpty();
  }

  /** At once: what a long run has found must not be lost with its terminal. */
  private static synchronized void keep(long seed, String broken) {
    System.out.printf("seed %d: %s%n", seed, broken);
    try {
      Files.createDirectories(FAILURES.getParent());
      Files.writeString(
          FAILURES,
          seed + " " + broken + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
