package io.porpoise.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.FakeWorker;
import io.porpoise.api.testing.Instances;
import io.porpoise.api.testing.StreamClient;
import io.porpoise.api.testing.StreamClient.LogBytes;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogStreamTest {
  private static final TaskInstanceId TASK = new TaskInstanceId(9001);
  private static final int CREDIT = 256 * 1024;
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

  private static String subscribe(int id, long offset) {
    return "{'type':'subscribe','id':" + id + ",'topic':'log/9001','offset':" + offset + "}";
  }

  private static String text(LogBytes bytes) {
    return new String(bytes.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void lines_come_as_they_are_written_until_the_end() {
    worker.append(TASK, "one\n");
    try (StreamClient client = new StreamClient(api.port())) {
      LogBytes first = client.send(subscribe(3, 0)).nextBytes();
      assertThat(first.id()).isEqualTo(3);
      assertThat(first.offset()).isZero();
      assertThat(text(first)).isEqualTo("one\n");

      worker.append(TASK, "two\n");
      LogBytes second = client.nextBytes();
      assertThat(second.offset()).isEqualTo(4);
      assertThat(text(second)).isEqualTo("two\n");

      worker.complete(TASK);
      assertThat(client.nextText()).isEqualTo(new JsonObject("{\"type\":\"end\",\"id\":3}"));
    }
  }

  @Test
  void a_reconnected_client_goes_on_where_it_was() {
    worker.append(TASK, "0123456789");
    worker.complete(TASK);
    try (StreamClient client = new StreamClient(api.port())) {
      LogBytes rest = client.send(subscribe(1, 7)).nextBytes();

      assertThat(rest.offset()).isEqualTo(7);
      assertThat(text(rest)).isEqualTo("789");
    }
  }

  @Test
  void no_more_is_sent_than_was_granted() {
    worker.computed(TASK, 10 * CREDIT);
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(subscribe(1, 0));
      assertThat(received(client, CREDIT)).isEqualTo(CREDIT);
      // An answer to something later: nothing more has come before it.
      client.send("{'type':'credit','id':1,'bytes':10}");
      assertThat(received(client, 10)).isEqualTo(10);
      client.send("{'type':'nonsense'}");
      assertThat(client.nextText().getString("code")).isEqualTo("UNKNOWN_TYPE");
      assertThat(client.isQuiet()).isTrue();
      assertThat(worker.bytesRead.get()).isEqualTo(CREDIT + 10);
    }
  }

  private static long received(StreamClient client, long bytes) {
    long sum = 0;
    while (sum < bytes) {
      sum += client.nextBytes().bytes().length;
    }
    return sum;
  }

  @Test
  void a_client_that_stops_reading_stops_only_itself() {
    long size = 100L * 1024 * 1024;
    worker.computed(TASK, size);
    try (StreamClient stuck = new StreamClient(api.port(), ApiUnderTest.TOKEN, 0);
        StreamClient reader = new StreamClient(api.port())) {
      stuck.send(subscribe(1, 0)).send("{'type':'credit','id':1,'bytes':2000000000}");
      reader.send(subscribe(1, 0)).send("{'type':'credit','id':1,'bytes':2000000000}");

      long offset = 0;
      while (offset < size) {
        LogBytes part = reader.nextBytes();
        assertThat(part.offset()).isEqualTo(offset);
        assertThat(part.bytes()[0]).isEqualTo(FakeWorker.byteAt(offset));
        offset += part.bytes().length;
      }
      assertThat(reader.nextText().getString("type")).isEqualTo("end");
      assertThat(worker.bytesRead.get() - size).isLessThan(20L * 1024 * 1024);

      stuck.read(Long.MAX_VALUE);
      assertThat(received(stuck, size)).isEqualTo(size);
    }
  }

  @Test
  void a_task_without_a_worker_is_followed_as_soon_as_it_has_one() {
    api.stores.put(Instances.task(9001, 812, TaskState.SUBMITTED, null));
    try (StreamClient client = new StreamClient(api.port());
        StreamClient watcher = new StreamClient(api.port())) {
      client.send(subscribe(1, 0));
      watcher.send("{'type':'subscribe','id':1,'topic':'workflow-instance/812'}").nextText();

      worker.append(TASK, "at last");
      api.fakeMaster.commit(
          Instances.running(812), Instances.task(9001, 812, TaskState.DISPATCHED, "w1"));

      assertThat(text(client.nextBytes())).isEqualTo("at last");
    }
  }

  @Test
  void a_dispatched_task_whose_log_is_not_there_yet_is_waited_for() {
    api.stores.put(Instances.task(9001, 812, TaskState.DISPATCHED, "w1"));
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(subscribe(1, 0));
      client.send("{'type':'nonsense'}").nextText();
      worker.append(TASK, "now");

      assertThat(text(client.nextBytes())).isEqualTo("now");
    }
  }

  @Test
  void a_log_that_is_gone_is_an_error_and_a_task_that_never_began_just_ends() {
    api.stores.put(Instances.ended(812, WorkflowState.FAILED));
    api.stores.put(Instances.task(9002, 812, TaskState.FAILED, "w1"));
    api.stores.put(Instances.task(9003, 812, TaskState.FAILED, "w7"));
    api.stores.put(Instances.task(9004, 812, TaskState.PAUSED, null));
    try (StreamClient client = new StreamClient(api.port())) {
      client.send("{'type':'subscribe','id':1,'topic':'log/9002'}");
      assertThat(client.nextText().getString("code")).isEqualTo("LOG_GONE");
      client.send("{'type':'subscribe','id':2,'topic':'log/9003'}");
      assertThat(client.nextText().getString("detail")).contains("w7");
      client.send("{'type':'subscribe','id':3,'topic':'log/9004'}");
      assertThat(client.nextText().getString("type")).isEqualTo("end");
      client.send("{'type':'subscribe','id':4,'topic':'log/7'}");
      assertThat(client.nextText().getString("code")).isEqualTo("NOT_FOUND");
    }
  }
}
