package io.porpoise.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.Instances;
import io.porpoise.api.testing.StreamClient;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowState;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstanceStreamTest {
  private static final String SUBSCRIBE =
      "{'type':'subscribe','id':1,'topic':'workflow-instance/812'}";
  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
    api.save("etl", "{workflow: {name: etl}, tasks: [{name: a, task_type: Shell, command: x}]}");
    api.stores.put(Instances.running(812));
    api.stores.put(Instances.task(9001, 812, TaskState.RUNNING, "w1"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_snapshot_then_changes_then_the_end() {
    try (StreamClient client = new StreamClient(api.port())) {
      JsonObject snapshot = client.send(SUBSCRIBE).nextText();
      assertThat(snapshot.getString("event")).isEqualTo("snapshot");
      assertThat(snapshot.getJsonObject("instance").getString("state")).isEqualTo("RUNNING");
      assertThat(snapshot.getJsonArray("tasks")).hasSize(1);

      api.fakeMaster.commit(
          Instances.running(812), Instances.task(9002, 812, TaskState.SUBMITTED, null));
      JsonObject changed = client.nextText();
      assertThat(changed.getString("event")).isEqualTo("changed");
      assertThat(changed.getJsonArray("tasks")).hasSize(1);
      assertThat(changed.getJsonArray("tasks").getJsonObject(0).getString("id")).isEqualTo("9002");

      api.fakeMaster.commit(
          Instances.ended(812, WorkflowState.SUCCEEDED),
          Instances.task(9002, 812, TaskState.SUCCEEDED, "w1"));
      JsonObject last = client.nextText();
      assertThat(last.getJsonObject("instance").getString("state")).isEqualTo("SUCCEEDED");
      assertThat(last.getJsonObject("instance").getJsonObject("outputs").getString("rows"))
          .isEqualTo("42");
      assertThat(client.nextText()).isEqualTo(new JsonObject("{\"type\":\"end\",\"id\":1}"));
    }
  }

  @Test
  void a_finished_instance_is_told_once_and_ended() {
    api.stores.put(Instances.ended(812, WorkflowState.FAILED));
    try (StreamClient client = new StreamClient(api.port())) {
      assertThat(client.send(SUBSCRIBE).nextText().getString("event")).isEqualTo("snapshot");
      assertThat(client.nextText().getString("type")).isEqualTo("end");
    }
  }

  @Test
  void who_stays_is_told_what_becomes_of_a_finished_instance() throws InterruptedException {
    api.stores.put(Instances.ended(812, WorkflowState.FAILED));
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(SUBSCRIBE.replace("812", "812?stay=true"));
      assertThat(client.nextText().getString("event")).isEqualTo("snapshot");
      while (api.fakeMaster.readers.isEmpty()) {
        Thread.sleep(5);
      }

      api.fakeMaster.commit(
          Instances.ended(812, WorkflowState.FAILED),
          Instances.task(9001, 812, TaskState.FORCED_SUCCESS, "w1"));
      JsonObject forced = client.nextText();
      assertThat(forced.getString("event")).isEqualTo("snapshot");
      assertThat(forced.getJsonArray("tasks").getJsonObject(0).getString("state"))
          .isEqualTo("FORCED_SUCCESS");

      api.fakeMaster.commit(Instances.running(812));
      assertThat(client.nextText().getJsonObject("instance").getString("state"))
          .isEqualTo("RUNNING");
    }
  }

  @Test
  void many_sockets_are_one_watch_at_the_owner() {
    try (StreamClient a = new StreamClient(api.port());
        StreamClient b = new StreamClient(api.port())) {
      a.send(SUBSCRIBE).nextText();
      b.send(SUBSCRIBE).nextText();
      assertThat(api.fakeMaster.watches).hasSize(1);

      api.fakeMaster.commit(Instances.ended(812, WorkflowState.SUCCEEDED));
      assertThat(a.nextText().getString("event")).isEqualTo("changed");
      assertThat(b.nextText().getString("event")).isEqualTo("changed");
    }
  }

  @Test
  void a_lost_message_is_found_by_the_slow_look() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(SUBSCRIBE).nextText();

      api.fakeMaster.write(Instances.ended(812, WorkflowState.SUCCEEDED));

      assertThat(client.nextText().getJsonObject("instance").getString("state"))
          .isEqualTo("SUCCEEDED");
      assertThat(client.nextText().getString("type")).isEqualTo("end");
    }
  }

  @Test
  void a_lost_owner_shows_as_failover_and_the_next_one_brings_a_fresh_snapshot() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(SUBSCRIBE).nextText();
      api.stores.own(null);
      api.fakeMaster.stop();
      api.registry.remove(api.master);

      assertThat(client.nextText().getJsonObject("instance").getString("state"))
          .isEqualTo("FAILOVER");

      api.fakeMaster.serve();
      api.stores.own(api.master);
      api.registry.add(api.master);
      JsonObject fresh = client.nextText();
      assertThat(fresh.getString("event")).isEqualTo("snapshot");
      assertThat(fresh.getJsonObject("instance").getString("state")).isEqualTo("RUNNING");
    }
  }

  @Test
  void a_rerun_shows_replaced_tasks_as_no_longer_valid() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(SUBSCRIBE).nextText();

      api.fakeMaster.commit(
          Instances.running(812),
          Instances.task(9001, 812, TaskState.FAILED, "w1").change().valid(false).done(),
          Instances.task(9002, 812, TaskState.SUBMITTED, null));

      JsonObject changed = client.nextText();
      assertThat(changed.getJsonArray("tasks")).hasSize(2);
      assertThat(changed.getJsonArray("tasks").getJsonObject(0).getBoolean("valid")).isFalse();
    }
  }

  @Test
  void an_unknown_instance_is_an_error_and_the_socket_lives_on() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send("{'type':'subscribe','id':5,'topic':'workflow-instance/1'}");
      JsonObject error = client.nextText();
      assertThat(error.getString("code")).isEqualTo("NOT_FOUND");
      assertThat(error.getInteger("id")).isEqualTo(5);
      assertThat(client.send(SUBSCRIBE).nextText().getString("type")).isEqualTo("event");
    }
  }

  @Test
  void nothing_is_watched_when_nobody_is_left() {
    StreamClient client = new StreamClient(api.port());
    client.send(SUBSCRIBE).nextText();
    client.send("{'type':'unsubscribe','id':1}");
    client.send(SUBSCRIBE).nextText();
    assertThat(api.fakeMaster.watches).hasSize(2);
    client.close();
  }
}
