package io.porpoise.chaos;

import io.porpoise.chaos.check.Replacement;
import io.porpoise.chaos.check.Report;
import io.porpoise.chaos.check.SideEffectsChecker;
import io.porpoise.chaos.fault.Fault;
import io.porpoise.chaos.fault.FaultInjector;
import io.porpoise.chaos.fault.FaultPlan;
import io.porpoise.chaos.workload.Workload;
import io.porpoise.processes.IslandCluster;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run: a cluster, a workload, faults, a judgement. */
final class Chaos {
  /** Long enough for a lost worker's tasks, several times over. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** A fault with the time of the wall clock. */
  private record Happened(Fault fault, long micros) {
    /** Whether it was why an attempt was given up. */
    boolean explains(Replacement replacement) {
      long until = micros + TimeUnit.MILLISECONDS.toMicros(fault.holdMillis());
      return fault.victim().equals(replacement.worker())
          && micros < replacement.lostMicros()
          && replacement.lostMicros() < until;
    }
  }

  private final ChaosOptions options;
  private final Consumer<String> say;
  private final long began = System.nanoTime();
  private final Queue<Happened> done = new ConcurrentLinkedQueue<>();

  /** What suffers a fault, or is being started again after one. */
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();

  /**
   * @param say hears of every step, a line each
   */
  Chaos(ChaosOptions options, Consumer<String> say) {
    this.options = options;
    this.say = say;
  }

  /** Returns whether nothing was found. */
  boolean run() throws IOException, InterruptedException {
    say.accept("starting a cluster in " + options.directory());
    try (IslandCluster cluster =
            IslandCluster.start(
                options.directory().resolve("cluster"), options.masters(), options.workers());
        Workload load =
            new Workload(
                cluster.processes(),
                options.directory().resolve("chaos"),
                options.seed(),
                options.perSecond())) {
      cluster.unavailable().ifPresent(why -> say.accept("no network is cut: " + why));
      load.begin();
      happen(cluster);
      say.accept("no more faults; waiting until everything has ended");
      load.end();
      return judge(new SideEffectsChecker(cluster.processes(), PATIENCE).check(load));
    }
  }

  private void happen(IslandCluster cluster) throws InterruptedException {
    FaultInjector injector = new FaultInjector(cluster);
    List<FaultPlan.Planned> plan =
        FaultPlan.of(
            options.seed(), cluster.processes().members(), cluster.islanders(), options.millis());
    long start = System.nanoTime();
    ExecutorService threads = Executors.newCachedThreadPool();
    for (FaultPlan.Planned planned : plan) {
      long wait = planned.atMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      TimeUnit.MILLISECONDS.sleep(Math.max(0, wait));
      threads.execute(() -> happen(injector, planned.fault()));
    }
    threads.shutdown();
    if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      troubles.add("a fault could not be undone within " + PATIENCE);
      threads.shutdownNow();
    }
  }

  private void happen(FaultInjector injector, Fault fault) {
    if (!down.add(fault.machine())) {
      tell(fault.victim() + " has not come back yet: no " + fault);
      return;
    }
    try {
      tell(fault.toString());
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      if (!injector.begin(fault)) {
        tell("  there is no " + fault.victim());
        return;
      }
      TimeUnit.MILLISECONDS.sleep(fault.holdMillis());
      injector.end(fault);
      done.add(new Happened(fault, micros));
    } catch (IOException | RuntimeException e) {
      troubles.add(fault + ": " + e.getMessage());
      tell("NOT DONE: " + fault + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      down.remove(fault.machine());
    }
  }

  private boolean judge(Report report) {
    Map<String, Integer> faults = new TreeMap<>();
    done.forEach(it -> faults.merge(it.fault().category(), 1, Integer::sum));
    say.accept("");
    say.accept(
        "%d faults in %.1f minutes (seed %d)"
            .formatted(done.size(), options.minutes(), options.seed()));
    faults.forEach((category, count) -> say.accept("  %3d %s".formatted(count, category)));
    troubles.forEach(trouble -> say.accept("  not done: " + trouble));
    say.accept(report.text());
    tellReplacements(report, false, "from a worker's fault to the next attempt");
    tellReplacements(report, true, "the same with on_worker_loss: at_once");
    return report.isClean() && troubles.isEmpty();
  }

  private void tellReplacements(Report report, boolean atOnce, String what) {
    double[] seconds =
        report.replacements().stream()
            .filter(replacement -> replacement.atOnce() == atOnce)
            .map(this::secondsSinceFault)
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    if (seconds.length > 0) {
      say.accept(
          "%s: %.1f to %.1f s, half of %d within %.1f s"
              .formatted(
                  what,
                  seconds[0],
                  seconds[seconds.length - 1],
                  seconds.length,
                  seconds[seconds.length / 2]));
    }
  }

  /** Since the fault during which the attempt was given up. */
  private OptionalDouble secondsSinceFault(Replacement replacement) {
    return done.stream()
        .filter(it -> it.explains(replacement))
        .mapToDouble(it -> (replacement.againMicros() - it.micros()) / 1e6)
        .findFirst();
  }

  private void tell(String what) {
    say.accept("%6.1f s  %s".formatted((System.nanoTime() - began) / 1e9, what));
  }
}
