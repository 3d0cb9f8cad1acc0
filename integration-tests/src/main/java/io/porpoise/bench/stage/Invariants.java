package io.porpoise.bench.stage;

import io.porpoise.processes.ClusterProcesses;
import io.vertx.rxjava3.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold after every load, whatever its speed. */
public final class Invariants {
  private static final Pattern ALARMS =
      Pattern.compile(
          "(?m)^(porpoise_master_steps_total\\{[^}]*kind=\"unexpected\"[^}]*}"
              + "|porpoise_master_broken_total|porpoise_master_set_aside_total"
              + "|porpoise_master_slots_lost_total)(?:\\{[^}]*})? (\\S+)$");
  private static final Pattern LOGGED =
      Pattern.compile("in a state in which it cannot happen|an instance is set aside");
  private static final int SUCCEEDED = 7;

  private Invariants() {}

  /** Waits until all have ended; the database is asked rarely, so as not to be the load itself. */
  public static void awaitEnd(Target target, Starts starts, Duration atMost)
      throws IOException, InterruptedException {
    String unfinished =
        "SELECT EXISTS(SELECT 1 FROM workflow_instance WHERE "
            + starts.where("id")
            + " AND finished = 0)";
    long deadline = System.nanoTime() + atMost.toNanos();
    while (target.rows().number(unfinished) != 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not all of " + starts.ids().size() + " instances have ended");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /**
   * All of them succeeded, with so many tasks each, each at its first attempt; nothing else is
   * unfinished, and no master met anything unexpected.
   */
  public static void check(Target target, Starts starts, int tasksEach)
      throws IOException, InterruptedException {
    int instances = starts.ids().size();
    String of = " FROM workflow_instance WHERE " + starts.where("id");
    expect("instances that are there", instances, target.rows().number("SELECT COUNT(*)" + of));
    expect(
        "instances that succeeded",
        instances,
        target.rows().number("SELECT COUNT(*)" + of + " AND state = " + SUCCEEDED));
    Row tasks =
        target
            .rows()
            .query(
                "SELECT COUNT(*), CAST(SUM(state = %d AND valid = 1) AS SIGNED), CAST(SUM(attempt > 1 OR retries > 0 OR losses > 0) AS SIGNED) FROM task_instance WHERE %s"
                    .formatted(SUCCEEDED, starts.where("workflow_instance_id")))
            .iterator()
            .next();
    expect("task instances", (long) instances * tasksEach, tasks.getLong(0));
    expect("tasks that succeeded", (long) instances * tasksEach, tasks.getLong(1));
    expect("repeated attempts", 0, tasks.getLong(2));
    quiet(target);
  }

  /** Nothing is unfinished, nothing waits to be done, no master met anything unexpected. */
  public static void quiet(Target target) throws IOException, InterruptedException {
    expect(
        "unfinished instances",
        0,
        target.rows().number("SELECT COUNT(*) FROM workflow_instance WHERE finished = 0"));
    expect("commands", 0, target.rows().number("SELECT COUNT(*) FROM command"));
    target.checkCalm();
  }

  /** No master met anything unexpected. */
  static void calm(Api api) throws IOException, InterruptedException {
    Matcher alarms = ALARMS.matcher(api.metrics());
    int found = 0;
    while (alarms.find()) {
      found++;
      expect(alarms.group(1), 0, (long) Double.parseDouble(alarms.group(2)));
    }
    if (found < 4) {
      throw new IOException("the server's metrics have changed their names");
    }
  }

  /** No master of a cluster met anything unexpected, as their logs say. */
  static void calm(ClusterProcesses cluster) throws IOException {
    for (String member : cluster.members()) {
      Path log = cluster.directory().resolve(member).resolve("logs/master.log");
      if (Files.exists(log)) {
        try (Stream<String> lines = Files.lines(log)) {
          Optional<String> alarm = lines.filter(line -> LOGGED.matcher(line).find()).findFirst();
          if (alarm.isPresent()) {
            throw new IOException(member + ": " + alarm.get());
          }
        }
      }
    }
  }

  public static void expect(String what, long wanted, long found) throws IOException {
    if (wanted != found) {
      throw new IOException("%s: %d instead of %d".formatted(what, found, wanted));
    }
  }
}
