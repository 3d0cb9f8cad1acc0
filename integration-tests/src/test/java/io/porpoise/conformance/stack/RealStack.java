package io.porpoise.conformance.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porpoise.conformance.form.Deed;
import io.porpoise.spine.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real server, used over HTTP; scripts are shell scripts that count their processes. */
public final class RealStack implements Stack {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final long LOOK_MILLIS = 60;

  /** What cases look at lasts a second or so: too short for a machine that is busy. */
  private static final int SLOW = 3;

  /** A task that does not count its processes is not waited for longer. */
  private static final Duration COUNTING_ATMOST = Duration.ofSeconds(5);

  /** Files are stamped with the time of the last tick of the kernel. */
  private static final Duration CLOCK_STEP = Duration.ofMillis(10);

  private final Http http;
  private final Path directory;

  /**
   * @param directory of this case, where its processes are counted
   */
  public RealStack(Http http, Path directory) {
    this.http = http;
    this.directory = directory;
  }

  @Override
  public Reply call(String method, String path, Map<String, Object> body) {
    if (path.endsWith("/actions")) {
      letScriptsBegin(path.substring(0, path.length() - "/actions".length()));
    }
    HttpRequest.Builder request = http.request(path);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(json(body)));
    }
    Http.Answer answer = http.send(request.build());
    return new Reply(answer.status(), answer.json());
  }

  /**
   * A process that runs may not have been counted yet; killed now, its deed would be that of the
   * next one.
   */
  private void letScriptsBegin(String path) {
    long deadline = System.nanoTime() + COUNTING_ATMOST.toNanos();
    while (System.nanoTime() < deadline && !haveBegun(http.get(path).json())) {
      await();
    }
  }

  private boolean haveBegun(JsonNode found) {
    if (!found.has("tasks")) {
      return hasBegun(found.path("workflowInstanceId").asText(), found);
    }
    for (JsonNode task : found.get("tasks")) {
      if (!hasBegun(found.get("id").asText(), task)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasBegun(String instance, JsonNode task) {
    boolean isProcess = task.path("taskType").asText().equals("SHELL");
    if (!isProcess || !task.path("state").asText().equals("RUNNING")) {
      return true;
    }
    Path count = directory.resolve(instance + "." + task.get("name").asText());
    Instant started = Instant.parse(task.get("startTime").asText());
    try {
      return Files.exists(count)
          && !Files.getLastModifiedTime(count).toInstant().isBefore(started.minus(CLOCK_STEP));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(Map<String, Object> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String command(String task, List<Deed> deeds) {
    StringBuilder script = new StringBuilder();
    script
        .append("mkdir -p '" + directory + "'\n")
        .append("count='" + directory + "'/$PORPOISE_WORKFLOW_INSTANCE_ID.$PORPOISE_TASK_NAME\n")
        .append("echo >> \"$count\"\n")
        .append("case $(wc -l < \"$count\") in\n");
    for (int i = 0; i < deeds.size(); i++) {
      boolean isLast = i == deeds.size() - 1;
      script.append(isLast ? "*" : i + 1).append(")\n").append(shell(deeds.get(i))).append(";;\n");
    }
    return script.append("esac\n").toString();
  }

  private static String shell(Deed deed) {
    StringBuilder script = new StringBuilder();
    if (deed.duration() == null) {
      script.append("sleep 1000\n");
    } else if (!deed.duration().isZero()) {
      script.append("sleep ").append(deed.duration().toMillis() * SLOW / 1000.0).append('\n');
    }
    deed.outputs()
        .forEach(
            (key, value) ->
                script
                    .append("cat << 'END'\n${setValue(")
                    .append(key)
                    .append('=')
                    .append(value)
                    .append(")}\nEND\n"));
    return script.append("exit ").append(deed.exitCode()).append('\n').toString();
  }

  @Override
  public void await() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public int slowness() {
    return SLOW;
  }

  @Override
  public boolean keepsTime() {
    return false;
  }

  @Override
  public List<String> alerts() {
    return null;
  }

  @Override
  public List<String> faults() {
    return List.of();
  }
}
