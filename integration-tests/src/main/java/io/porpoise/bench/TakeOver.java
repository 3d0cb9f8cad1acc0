package io.porpoise.bench;

import io.porpoise.cluster.Slot;
import io.porpoise.processes.ClusterProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code kill -9} of one of two masters, with so many unfinished instances: the time until the
 * other has claimed its slots, and until it has all its instances in memory and goes on with them.
 * They wait for a worker of a group that nobody serves, so that nothing but the take-over happens.
 *
 * <p>Arguments: a folder for data and results, the numbers of instances, and after {@code --}
 * settings of the masters.
 */
public final class TakeOver {
  private static final String VICTIM = "master-1";
  private static final String SURVIVOR = "master-2";
  private static final int USERS = 8;
  private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final Pattern ADOPTED =
      Pattern.compile("slots adopted.*?slots=\"?(\\d+).*?instances=\"?(\\d+)");
  private static final String WORKFLOW =
      """
      workflow: {name: waits}
      tasks:
        - {name: wait, task_type: Shell, worker_group: nobody, command: "true"}
      """;

  private final Path folder;
  private final ClusterProcesses cluster;
  private final List<Figure> figures = new ArrayList<>();
  private int started;

  private TakeOver(Path folder) {
    this.folder = folder;
    cluster = new ClusterProcesses(folder.resolve("cluster"));
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> arguments = List.of(args);
    int settings = arguments.indexOf("--");
    int end = settings < 0 ? arguments.size() : settings;
    List<String> numbers = arguments.subList(1, end);
    TakeOver bench = new TakeOver(Path.of(args[0]).toAbsolutePath());
    try {
      bench.up(arguments.subList(end, arguments.size()));
      Api api = new Api(bench.cluster.url("api-1"), "admin", bench.cluster.adminPassword());
      api.save("waits", WORKFLOW);
      for (String number : numbers) {
        bench.measure(api, Integer.parseInt(number));
      }
    } finally {
      bench.cluster.close();
    }
    Figure.print(bench.figures, bench.folder);
  }

  private void up(List<String> settings) throws IOException, InterruptedException {
    List<String> options =
        new ArrayList<>(
            List.of("--masters", "2", "--workers", "1", "--apis", "1", "--alerts", "0"));
    options.addAll(settings);
    cluster.up(options.toArray(String[]::new));
  }

  private void measure(Api api, int instances) throws IOException, InterruptedException {
    if (started > 0) {
      cluster.start(VICTIM);
    }
    say("starting " + instances + " instances");
    start(api, instances - started);
    started = instances;
    try (Rows rows = new Rows(cluster)) {
      await("the instances to be taken up", () -> rows.begun() == instances);
      await("both masters to own slots", () -> rows.ownedBy(VICTIM) > 0 && rows.free() == 0);
      await("the survivor to be quiet", new Quiet(log())::isSo);
      long owned = rows.instancesOf(VICTIM);
      int slots = rows.ownedBy(VICTIM);
      long logged = Files.size(log());
      say("kill -9 of " + VICTIM + ", which owns " + slots + " slots with " + owned + " instances");
      long killed = System.nanoTime();
      cluster.process(VICTIM).destroyForcibly();
      await("the slots to be claimed", () -> rows.ownedBy(SURVIVOR) == Slot.COUNT);
      long claimed = System.nanoTime();
      await("the instances to be loaded", () -> adopted(logged).slots() >= slots);
      long loaded = System.nanoTime();
      String of = " of " + owned + " instances";
      add("kill -9 -> slots claimed," + of, killed, claimed, "");
      add("slots claimed -> all loaded," + of, claimed, loaded, "");
      add("kill -9 -> all go on," + of, killed, loaded, instances >= 20_000 ? "3" : "");
      say(adopted(logged).instances() + " instances were loaded; " + explained(api) + " explained");
    }
  }

  private void add(String name, long from, long to, String goal) {
    figures.add(Figure.of("P10", name, (to - from) / 1e9, "s", goal));
  }

  private static void start(Api api, int count) throws IOException, InterruptedException {
    ExecutorService users = Executors.newFixedThreadPool(USERS);
    try {
      List<Future<String>> starts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        starts.add(users.submit(() -> api.start("waits")));
      }
      for (Future<String> start : starts) {
        start.get();
      }
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IOException("an instance was not started", e);
    } finally {
      users.shutdownNow();
    }
  }

  /** How many of the newest instances the new owner has in memory, as it says itself. */
  private static String explained(Api api) throws IOException, InterruptedException {
    int sum = 0;
    int explained = 0;
    for (var item : api.get("workflow-instances?limit=100").get("items")) {
      sum++;
      explained += item.get("reason").path("code").asText().startsWith("MASTER") ? 0 : 1;
    }
    return explained + " of the newest " + sum + " are";
  }

  private Path log() {
    return cluster.directory().resolve(SURVIVOR).resolve("logs").resolve("master.log");
  }

  private record Adopted(int slots, int instances) {}

  private Adopted adopted(long sinceByte) throws IOException {
    byte[] log = Files.readAllBytes(log());
    Matcher lines =
        ADOPTED.matcher(
            new String(
                log,
                (int) sinceByte,
                log.length - (int) sinceByte,
                java.nio.charset.StandardCharsets.UTF_8));
    int slots = 0;
    int instances = 0;
    while (lines.find()) {
      slots += Integer.parseInt(lines.group(1));
      instances += Integer.parseInt(lines.group(2));
    }
    return new Adopted(slots, instances);
  }

  /** Something that may become so. */
  private interface Condition {
    boolean isSo() throws IOException;
  }

  private static void await(String what, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.isSo()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("waited in vain for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Nothing was logged for three seconds. */
  private static final class Quiet {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(3);
    private final Path log;
    private long size = -1;
    private long sinceNanos;

    Quiet(Path log) {
      this.log = log;
    }

    boolean isSo() throws IOException {
      if (Files.size(log) != size) {
        size = Files.size(log);
        sinceNanos = System.nanoTime();
      }
      return System.nanoTime() - sinceNanos > LONG_NANOS;
    }
  }

  private static void say(String what) {
    System.err.println("bench: " + what);
  }
}
