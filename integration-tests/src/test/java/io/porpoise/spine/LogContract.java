package io.porpoise.spine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Logs, seen from outside: bytes unchanged, from any offset, live and afterwards, with
 * back-pressure.
 */
abstract class LogContract {
  private static final long GIGABYTE = 1L << 30;
  private static final int LINE = 64;
  private static final long GROWTH_MAX_KILOBYTES = 200 * 1024;

  abstract Http http();

  /** Resident kilobytes of the process that serves. */
  abstract long residentKilobytes() throws Exception;

  @Test
  void bytes_come_as_they_were_written_from_any_offset() {
    String id = run("bytes", "for i in {0..255}; do printf \"\\\\x$(printf %x $i)\"; done");

    byte[] all = http().log(id);
    assertThat(all).hasSize(256);
    for (int i = 0; i < 256; i++) {
      assertThat(all[i] & 0xff).isEqualTo(i);
    }
    Http.Answer part = http().get("task-instances/" + id + "/log?offset=100&limit=50");
    assertThat(part.raw().body()).isEqualTo(Arrays.copyOfRange(all, 100, 150));
    assertThat(part.raw().headers().firstValue("X-Log-Size")).contains("256");
    assertThat(part.raw().headers().firstValue("X-Log-Complete")).contains("true");
    Http.Answer range = http().get("task-instances/" + id + "/log", "Range", "bytes=250-");
    assertThat(range.status()).isEqualTo(206);
    assertThat(range.raw().body()).isEqualTo(Arrays.copyOfRange(all, 250, 256));
  }

  @Test
  void a_gigabyte_is_followed_and_downloaded_with_flat_memory() throws Exception {
    Http http = http();
    http.project(RunContract.PROJECT);
    http.save(
        RunContract.PROJECT,
        "giga",
        workflow("giga", "yes \"$(printf '%063d' 7)\" | head -c " + GIGABYTE));
    String instance = http.start(RunContract.PROJECT, "giga", "{}");
    JsonNode running = http.await(instance, found -> hasStarted(found));
    String task = Http.task(running, "t").get("id").asText();
    residentKilobytes();

    long before = residentKilobytes();
    long followed = 0;
    try (Stream stream = new Stream(http)) {
      stream.say("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"log/" + task + "\",\"offset\":0}");
      while (followed < GIGABYTE) {
        Stream.LogFrame frame = stream.nextFrame();
        assertThat(frame.offset()).isEqualTo(followed);
        followed += frame.bytes().length;
        stream.say("{\"type\":\"credit\",\"id\":1,\"bytes\":" + frame.bytes().length + "}");
      }
      assertThat(stream.nextWord().get("type").asText()).isEqualTo("end");
    }
    assertThat(download(task)).isEqualTo(GIGABYTE);

    assertThat(residentKilobytes() - before).isLessThan(GROWTH_MAX_KILOBYTES);
    assertThat(http.awaitEnd(instance).get("state").asText()).isEqualTo("SUCCEEDED");
  }

  private long download(String task) throws Exception {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                http().request("task-instances/" + task + "/log?download").GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
        .contains("attachment");
    long size = 0;
    byte[] line = ("0".repeat(LINE - 2) + "7\n").getBytes(StandardCharsets.UTF_8);
    try (InputStream body = response.body()) {
      for (byte[] block = body.readNBytes(LINE * 16384);
          block.length > 0;
          block = body.readNBytes(LINE * 16384)) {
        assertThat(Arrays.copyOf(block, LINE)).isEqualTo(line);
        size += block.length;
      }
    }
    return size;
  }

  @Test
  void a_reader_that_grants_nothing_stops_only_its_own_stream() throws Exception {
    String id = run("wide", "head -c 4194304 /dev/zero | tr '\\0' x");

    try (Stream lazy = new Stream(http());
        Stream eager = new Stream(http())) {
      String subscribe =
          "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"log/" + id + "\",\"offset\":0}";
      lazy.say(subscribe);
      eager.say(subscribe);
      eager.say("{\"type\":\"credit\",\"id\":1,\"bytes\":8388608}");

      long got = 0;
      while (got < 4194304) {
        got += eager.nextFrame().bytes().length;
      }
      long sent = 0;
      for (Stream.LogFrame frame = lazy.frameWithin(500);
          frame != null;
          frame = lazy.frameWithin(500)) {
        sent += frame.bytes().length;
      }
      assertThat(sent).isEqualTo(262144); // what it had been granted to begin with
    }
  }

  @Test
  void a_stream_goes_on_from_where_a_lost_connection_stood() throws Exception {
    String id = run("resume", "seq 1 20000");
    byte[] whole = http().log(id);

    try (Stream stream = new Stream(http())) {
      stream.say(
          "{\"type\":\"subscribe\",\"id\":9,\"topic\":\"log/" + id + "\",\"offset\":100000}");
      Stream.LogFrame frame = stream.nextFrame();

      assertThat(frame.subscription()).isEqualTo(9);
      assertThat(frame.offset()).isEqualTo(100000);
      assertThat(frame.bytes())
          .isEqualTo(Arrays.copyOfRange(whole, 100000, 100000 + frame.bytes().length));
    }
  }

  /** Runs one task to its success and gives the task instance's id. */
  private String run(String workflow, String command) {
    Http http = http();
    http.project(RunContract.PROJECT);
    http.save(RunContract.PROJECT, workflow, workflow(workflow, command));
    JsonNode ended = http.awaitEnd(http.start(RunContract.PROJECT, workflow, "{}"));
    assertThat(ended.get("state").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
    return Http.task(ended, "t").get("id").asText();
  }

  private static String workflow(String name, String command) {
    return """
        workflow: {name: %s}
        tasks:
          - name: t
            task_type: Shell
            command: |
              %s
        """
        .formatted(name, command);
  }

  private static boolean hasStarted(JsonNode instance) {
    return !instance.get("tasks").isEmpty()
        && !instance.get("tasks").get(0).get("startTime").isNull();
  }
}
