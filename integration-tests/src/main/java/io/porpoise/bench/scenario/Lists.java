package io.porpoise.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.bench.stage.Api;
import io.porpoise.bench.stage.Copies;
import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Goal;
import io.porpoise.bench.stage.Samples;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Server;
import io.porpoise.bench.stage.Stage;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lists and details over HTTP with a long history: copies, made by the database, of instances that
 * Porpoise has run; one in twenty FAILED, one in fifty STOPPED, one every 200 ms.
 */
public final class Lists implements Scenario {
  private static final int PROJECTS = 4;
  private static final int WORKFLOWS = 5;
  private static final int TASKS = 5;
  private static final int MICROS_BETWEEN = 200_000;
  private static final long USUAL_ROWS = 1_000_000;
  private static final long SMOKE_ROWS = 1_000;

  /** One kind of request, each time another one. */
  private interface Query {
    String path(Random random) throws IOException, InterruptedException;
  }

  @Override
  public String name() {
    return "lists";
  }

  @Override
  public String goals() {
    return "P13";
  }

  @Override
  public String title() {
    return "lists with each filter, details and events over HTTP with 1,000,000 task rows (--rows)";
  }

  @Override
  public Occasion occasion() {
    return Occasion.FULL;
  }

  @Override
  public List<Figure> run(Stage stage) throws IOException, InterruptedException {
    long wanted = stage.knobs().rows() > 0 ? stage.knobs().rows() : USUAL_ROWS;
    long rows = stage.isSmoke() ? SMOKE_ROWS : wanted;
    return stage.alone(
        name(), Server.Setup.DEFAULT, server -> new History(stage, server).measure(rows));
  }

  /** One server with its history. */
  private static final class History {
    private final Stage stage;
    private final Server server;
    private final Api api;
    private long firstId;
    private long lastId;
    private Instant oldest;

    History(Stage stage, Server server) {
      this.stage = stage;
      this.server = server;
      api = server.api();
    }

    List<Figure> measure(long taskRows) throws IOException, InterruptedException {
      int instances = (int) (taskRows / TASKS);
      long began = System.nanoTime();
      fill(instances);
      double seconds = (System.nanoTime() - began) / 1e9;
      stage.say("%d task rows made in %.0f s".formatted(taskRows, seconds));
      Map<String, Query> queries = queries();
      double bare = times(random -> "me").median();
      List<Figure> figures = new ArrayList<>();
      double worst = 0;
      for (Map.Entry<String, Query> query : queries.entrySet()) {
        Samples millis = times(query.getValue());
        figures.add(Figure.of("", query.getKey() + ", p50", millis.median(), "ms").beside(bare));
        figures.add(
            Figure.of("P13", query.getKey() + ", p99", millis.percentile(0.99), "ms")
                .beside(bare)
                .goal(Goal.atMost(50)));
        worst = Math.max(worst, millis.percentile(0.99));
      }
      figures.add(
          0,
          Figure.of(
                  "P13",
                  "the worst p99 of lists and details, " + taskRows + " task rows",
                  worst,
                  "ms")
              .beside(bare)
              .goal(Goal.atMost(50))
              .note("bare: a request that reads one row; 64 MiB buffer pool"));
      server.checkCalm();
      return figures;
    }

    /** Runs one of each workflow, and has them copied. */
    private void fill(int instances) throws IOException, InterruptedException {
      List<Long> originals = new ArrayList<>();
      for (int p = 0; p < PROJECTS; p++) {
        api.createProject("lists-" + p);
        for (int w = 0; w < WORKFLOWS; w++) {
          String workflow = "list-" + p + "-" + w;
          api.save("lists-" + p, workflow, Scripts.chain(workflow, TASKS, Scripts.shell("true")));
          originals.add(Long.parseLong(api.startIn("lists-" + p, workflow)));
        }
      }
      for (long original : originals) {
        api.await(Long.toString(original), Scripts.PATIENCE);
      }
      firstId = server.rows().number("SELECT next_id FROM id_block WHERE sequence = 1");
      lastId = firstId + instances - 1;
      String back = " - %d * (%d - b.n)".formatted(MICROS_BETWEEN, instances);
      oldest = Instant.now().minus((long) instances * MICROS_BETWEEN, ChronoUnit.MICROS);
      new Copies(server.rows(), originals)
          .make(
              instances,
              Map.of(
                  "state", "CASE WHEN b.n % 20 = 7 THEN 6 WHEN b.n % 50 = 3 THEN 5 ELSE 7 END",
                  "created_at", "t.created_at" + back,
                  "start_time", "t.start_time" + back,
                  "end_time", "t.end_time" + back));
    }

    private Map<String, Query> queries() throws IOException, InterruptedException {
      Map<String, Query> queries = new LinkedHashMap<>();
      queries.put("list, newest", r -> "workflow-instances");
      queries.put("list, 500 newest", r -> "workflow-instances?limit=500");
      queries.put("list of a project", r -> "workflow-instances?" + project(r));
      queries.put("list of a workflow", r -> "workflow-instances?" + workflow(r));
      queries.put("list of a state", r -> "workflow-instances?" + state(r));
      queries.put(
          "list of a project and a state",
          r -> "workflow-instances?" + project(r) + "&" + state(r));
      queries.put(
          "list of a workflow and a state",
          r -> "workflow-instances?" + workflow(r) + "&" + state(r));
      queries.put(
          "list of a state that none has",
          r -> "workflow-instances?" + workflow(r) + "&state=PAUSED");
      queries.put("list of an hour", r -> "workflow-instances?" + hour(r));
      queries.put(
          "list of an hour, a project and a state",
          r -> "workflow-instances?" + hour(r) + "&" + project(r) + "&" + state(r));
      List<String> pages = pages();
      queries.put("a later page", r -> pages.get(r.nextInt(pages.size())));
      queries.put("an instance with its tasks", r -> "workflow-instances/" + id(r));
      queries.put("the events of an instance", r -> "workflow-instances/" + id(r) + "/events");
      queries.put("a task", r -> "task-instances/" + task(r));
      return queries;
    }

    /** The addresses of the pages behind the first, as far as somebody would turn them. */
    private List<String> pages() throws IOException, InterruptedException {
      List<String> pages = new ArrayList<>();
      String cursor = "";
      for (int i = 0; i < 20; i++) {
        JsonNode page = api.get("workflow-instances?limit=50" + cursor);
        if (page.get("next").isNull()) {
          break;
        }
        cursor = "&cursor=" + encoded(page.get("next").asText());
        pages.add("workflow-instances?limit=50" + cursor);
      }
      return pages;
    }

    private static String project(Random random) {
      return "project=lists-" + random.nextInt(PROJECTS);
    }

    private static String workflow(Random random) {
      int project = random.nextInt(PROJECTS);
      return "project=lists-%d&workflow=list-%d-%d"
          .formatted(project, project, random.nextInt(WORKFLOWS));
    }

    private static String state(Random random) {
      return "state=" + List.of("SUCCEEDED", "FAILED", "STOPPED").get(random.nextInt(3));
    }

    private String hour(Random random) {
      long span = ChronoUnit.SECONDS.between(oldest, Instant.now());
      Instant from = oldest.plusSeconds((long) (random.nextDouble() * span));
      return "from="
          + encoded(from.toString())
          + "&to="
          + encoded(from.plusSeconds(3_600).toString());
    }

    private long id(Random random) {
      return firstId + (long) (random.nextDouble() * (lastId - firstId));
    }

    private long task(Random random) {
      return server
          .rows()
          .number(
              "SELECT id FROM task_instance WHERE workflow_instance_id = "
                  + id(random)
                  + " LIMIT 1");
    }

    private static String encoded(String value) {
      return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Samples times(Query query) throws IOException, InterruptedException {
      Random random = new Random(7);
      int count = stage.pick(3, 200, 500);
      List<Double> millis = new ArrayList<>();
      for (int i = -count / 4; i < count; i++) { // the first ones warm
        String path = query.path(random);
        long started = System.nanoTime();
        api.text(path);
        if (i >= 0) {
          millis.add((System.nanoTime() - started) / 1e6);
        }
      }
      return Samples.of(millis);
    }
  }
}
