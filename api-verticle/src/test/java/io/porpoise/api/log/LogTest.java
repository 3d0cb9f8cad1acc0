package io.porpoise.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.FakeWorker;
import io.porpoise.api.testing.HttpTester.Answer;
import io.porpoise.api.testing.Instances;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTest {
  private static final String LOG = "/api/v1/task-instances/9001/log";
  private static final TaskInstanceId TASK = new TaskInstanceId(9001);

  private ApiUnderTest api;
  private FakeWorker worker;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
    api.save("etl", "{workflow: {name: etl}, tasks: [{name: a, task_type: Shell, command: x}]}");
    api.stores.put(Instances.running(812));
    api.stores.put(Instances.task(9001, 812, TaskState.RUNNING, "w1"));
    worker = api.worker("w1");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer range(String range) {
    return api.http.get(LOG).header("Range", range).send();
  }

  @Test
  void the_bytes_that_are_there_come_unchanged_from_any_offset() {
    byte[] bytes = {0, 1, (byte) 0xff, 'a', '\r', '\n', (byte) 0xc3, 'b', 27, '[', '0', 'm'};
    worker.append(TASK, bytes);

    Answer all = api.http.get(LOG).send().ok(200);
    assertThat(all.bytes()).isEqualTo(bytes);
    assertThat(all.header("X-Log-Size")).isEqualTo("12");
    assertThat(all.header("X-Log-Complete")).isEqualTo("false");
    assertThat(all.header("Content-Type")).startsWith("text/plain");
    worker.complete(TASK);
    Answer some = api.http.get(LOG + "?offset=3&limit=3").send().ok(200);
    assertThat(some.text()).isEqualTo("a\r\n");
    assertThat(some.header("X-Log-Complete")).isEqualTo("true");
    assertThat(api.http.get(LOG + "?offset=12").send().ok(200).bytes()).isEmpty();
    assertThat(api.http.get(LOG + "?offset=999").send().ok(200).bytes()).isEmpty();
    api.http.get(LOG + "?offset=-1").send().problem(400, "BAD_QUERY");
    api.http.get(LOG + "?limit=0").send().problem(400, "BAD_QUERY");
    api.http.get(LOG + "?ofset=1").send().problem(400, "UNKNOWN_QUERY_PARAMETER");
  }

  @Test
  void ranges_are_those_of_http() {
    worker.append(TASK, "0123456789");
    worker.complete(TASK);

    Answer middle = range("bytes=2-4").ok(206);
    assertThat(middle.text()).isEqualTo("234");
    assertThat(middle.header("Content-Range")).isEqualTo("bytes 2-4/10");
    assertThat(range("bytes=7-").ok(206).text()).isEqualTo("789");
    assertThat(range("bytes=-3").ok(206).text()).isEqualTo("789");
    assertThat(range("bytes=-99").ok(206).text()).isEqualTo("0123456789");
    assertThat(range("bytes=8-99").ok(206).text()).isEqualTo("89");
    Answer behind = range("bytes=10-");
    behind.problem(416, "RANGE_NOT_SATISFIABLE");
    assertThat(behind.header("Content-Range")).isEqualTo("bytes */10");
    assertThat(range("bytes=1-2,4-5").ok(200).text()).isEqualTo("0123456789");
    assertThat(range("lines=1-2").ok(200).text()).isEqualTo("0123456789");
    assertThat(range("bytes=5-2").ok(200).text()).isEqualTo("0123456789");
    Answer head = api.http.method("HEAD", LOG).send().ok(200);
    assertThat(head.header("Content-Length")).isEqualTo("10");
    api.http.get(LOG + "?offset=1").header("Range", "bytes=1-2").send().problem(400, "BAD_QUERY");
  }

  @Test
  void a_growing_log_has_no_known_total() {
    worker.append(TASK, "0123");

    assertThat(range("bytes=0-1").ok(206).header("Content-Range")).isEqualTo("bytes 0-1/*");
  }

  @Test
  void a_download_has_a_name() {
    worker.append(TASK, "x");

    assertThat(api.http.get(LOG + "?download").send().ok(200).header("Content-Disposition"))
        .startsWith("attachment; filename=\"extract-9001.log\"");
  }

  @Test
  void a_log_that_is_not_begun_is_empty_and_one_that_is_gone_says_so() {
    api.stores.put(Instances.task(9001, 812, TaskState.SUBMITTED, null));
    Answer waiting = api.http.get(LOG).send().ok(200);
    assertThat(waiting.header("X-Log-Complete")).isEqualTo("false");
    api.stores.put(Instances.task(9001, 812, TaskState.DISPATCHED, "w1"));
    assertThat(api.http.get(LOG).send().ok(200).header("X-Log-Size")).isEqualTo("0");

    api.stores.put(Instances.task(9001, 812, TaskState.SUCCEEDED, "w1"));
    api.http.get(LOG).send().problem(410, "LOG_GONE");
    api.stores.put(Instances.task(9001, 812, TaskState.SUCCEEDED, "w9"));
    assertThat(api.http.get(LOG).send().problem(410, "LOG_GONE").getString("detail"))
        .contains("w9");
    api.http.get("/api/v1/task-instances/5/log").send().problem(404, "NOT_FOUND");
  }

  @Test
  void a_large_log_is_streamed_at_the_pace_of_its_reader() throws Exception {
    long size = 200L * 1024 * 1024;
    worker.computed(TASK, size);

    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      String request =
          "GET "
              + LOG
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + ApiUnderTest.TOKEN
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      skipHead(in);
      // Another request is answered while this client does not read: the pulls have stopped by
      // then.
      long before;
      do {
        before = worker.bytesRead.get();
        for (int i = 0; i < 20; i++) {
          api.http.get("/api/v1/me").send().ok(200);
        }
      } while (worker.bytesRead.get() != before);
      assertThat(before).isLessThan(size / 4);

      byte[] buffer = new byte[65536];
      long offset = 0;
      while (offset < size) {
        int n = in.read(buffer);
        assertThat(n).isPositive();
        for (int i = 0; i < n; i++) {
          if (buffer[i] != FakeWorker.byteAt(offset + i)) {
            throw new AssertionError("wrong byte at " + (offset + i));
          }
        }
        offset += n;
      }
    }
  }

  private static void skipHead(InputStream in) throws Exception {
    int matched = 0;
    String end = "\r\n\r\n";
    while (matched < end.length()) {
      int c = in.read();
      matched = c == end.charAt(matched) ? matched + 1 : c == '\r' ? 1 : 0;
    }
  }
}
