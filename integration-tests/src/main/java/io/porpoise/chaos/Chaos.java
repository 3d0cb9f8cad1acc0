package io.porpoise.chaos;

import io.porpoise.chaos.check.Report;
import io.porpoise.chaos.check.SideEffectsChecker;
import io.porpoise.chaos.fault.Fault;
import io.porpoise.chaos.fault.FaultInjector;
import io.porpoise.chaos.fault.FaultPlan;
import io.porpoise.chaos.workload.Workload;
import io.porpoise.processes.ClusterProcesses;
import io.porpoise.processes.Islands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run: a cluster, a workload, faults, a judgement. */
final class Chaos {
  /** Long enough for a lost worker's tasks, several times over. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final ChaosOptions options;
  private final Consumer<String> say;
  private final long began = System.nanoTime();
  private final Queue<Fault> done = new ConcurrentLinkedQueue<>();
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
    Optional<String> unavailable = Islands.unavailable();
    unavailable.ifPresent(why -> say.accept("no network is cut: " + why));
    try (ClusterProcesses cluster = new ClusterProcesses(options.directory().resolve("cluster"));
        Islands islands = unavailable.isEmpty() ? Islands.create() : null) {
      List<String> islanders = start(cluster, islands);
      Workload load =
          new Workload(
              cluster, options.directory().resolve("chaos"), options.seed(), options.perSecond());
      try (load) {
        load.begin();
        happen(cluster, islands, islanders);
        say.accept("no more faults; waiting until everything has ended");
        load.end();
        return judge(new SideEffectsChecker(cluster, PATIENCE).check(load));
      }
    }
  }

  private List<String> start(ClusterProcesses cluster, Islands islands)
      throws IOException, InterruptedException {
    boolean hasIslands = islands != null;
    say.accept("starting a cluster in " + cluster.directory());
    List<String> up = new ArrayList<>();
    up.addAll(List.of("--masters", "" + (options.masters() - (hasIslands ? 1 : 0))));
    up.addAll(List.of("--workers", "" + (options.workers() - (hasIslands ? 1 : 0))));
    up.addAll(List.of("--apis", "2", "--alerts", "1"));
    if (hasIslands) {
      up.addAll(List.of("--", "--set", "cluster.host=" + islands.mainland()));
    }
    cluster.up(up.toArray(String[]::new));
    List<String> islanders = new ArrayList<>();
    if (hasIslands) {
      islanders.add("master-" + options.masters());
      islanders.add("worker-" + options.workers());
      for (String member : islanders) {
        cluster.settle(member, islands);
      }
    }
    return islanders;
  }

  private void happen(ClusterProcesses cluster, Islands islands, List<String> islanders)
      throws InterruptedException {
    FaultInjector injector = new FaultInjector(cluster, islands);
    long start = System.nanoTime();
    ExecutorService threads = Executors.newCachedThreadPool();
    for (FaultPlan.Planned planned :
        FaultPlan.of(options.seed(), cluster.members(), islanders, options.millis())) {
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
    try {
      tell(fault.toString());
      injector.begin(fault);
      TimeUnit.MILLISECONDS.sleep(fault.holdMillis());
      injector.end(fault);
      done.add(fault);
    } catch (IOException | RuntimeException e) {
      troubles.add(fault + ": " + e.getMessage());
      tell("NOT DONE: " + fault + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean judge(Report report) {
    Map<String, Integer> faults = new TreeMap<>();
    done.forEach(fault -> faults.merge(fault.category(), 1, Integer::sum));
    say.accept("");
    say.accept(
        "%d faults in %.1f minutes (seed %d)"
            .formatted(done.size(), options.minutes(), options.seed()));
    faults.forEach((category, count) -> say.accept("  %3d %s".formatted(count, category)));
    troubles.forEach(trouble -> say.accept("  not done: " + trouble));
    say.accept(report.text());
    return report.isClean() && troubles.isEmpty();
  }

  private void tell(String what) {
    say.accept("%6.1f s  %s".formatted((System.nanoTime() - began) / 1e9, what));
  }
}
