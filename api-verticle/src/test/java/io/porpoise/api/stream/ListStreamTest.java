package io.porpoise.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.Instances;
import io.porpoise.api.testing.StreamClient;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and pictures of the whole, live. */
class ListStreamTest {
  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
    api.save("etl", "{workflow: {name: etl}, tasks: [{name: a, task_type: Shell, command: x}]}");
    api.stores.put(Instances.running(812));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String subscribe(int id, String topic) {
    return "{'type':'subscribe','id':" + id + ",'topic':'" + topic + "'}";
  }

  private static List<String> ids(JsonArray rows) {
    return rows.stream().map(row -> ((JsonObject) row).getString("id")).toList();
  }

  private void awaitReader() {
    while (api.fakeMaster.readers.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_first_page_then_what_is_new_or_changed() {
    try (StreamClient client = new StreamClient(api.port())) {
      JsonObject snapshot =
          client
              .send(subscribe(3, "workflow-instances?project=tutorial&workflow=etl&limit=2"))
              .nextText();
      assertThat(snapshot.getString("event")).isEqualTo("snapshot");
      assertThat(ids(snapshot.getJsonArray("instances"))).containsExactly("812");
      assertThat(snapshot.getString("next")).isNull();
      awaitReader();

      api.fakeMaster.commit(Instances.ended(812, WorkflowState.SUCCEEDED));
      api.fakeMaster.commit(Instances.running(813));
      JsonObject changed = client.nextText();

      assertThat(changed.getInteger("id")).isEqualTo(3);
      assertThat(changed.getString("event")).isEqualTo("changed");
      assertThat(ids(changed.getJsonArray("instances"))).containsExactlyInAnyOrder("812", "813");
      assertThat(changed.getJsonArray("removed")).isEmpty();
    }
  }

  @Test
  void what_no_longer_has_the_state_that_was_asked_for_is_removed() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(subscribe(1, "workflow-instances?state=RUNNING")).nextText();
      awaitReader();

      api.fakeMaster.commit(Instances.ended(812, WorkflowState.FAILED));
      JsonObject changed = client.nextText();

      assertThat(changed.getJsonArray("removed").encode()).isEqualTo("[\"812\"]");
      assertThat(changed.getJsonArray("instances")).isEmpty();
    }
  }

  @Test
  void a_start_at_this_node_is_told_even_if_no_master_tells_it() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(subscribe(1, "workflow-instances")).nextText();
      String id =
          api.http
              .post("/api/v1/projects/tutorial/workflows/etl/instances")
              .send()
              .ok(202)
              .json()
              .getString("id");

      assertThat(ids(client.nextText().getJsonArray("instances"))).containsExactly(id);
    }
  }

  @Test
  void what_is_too_much_for_a_message_or_was_lost_is_found_by_a_new_page() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(subscribe(1, "workflow-instances")).nextText();
      awaitReader();

      api.fakeMaster.write(Instances.running(813));
      api.fakeMaster.touch(List.of(new WorkflowInstanceId(812)), true);
      JsonObject again = client.nextText();

      assertThat(again.getString("event")).isEqualTo("snapshot");
      assertThat(ids(again.getJsonArray("instances"))).containsExactly("813", "812");
    }
  }

  @Test
  void masters_are_not_asked_while_nobody_looks() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send(subscribe(1, "workflow-instance/812")).nextText();
      client.send(subscribe(2, "cluster")).nextText();
      assertThat(api.fakeMaster.readers).isEmpty();
    }
  }

  @Test
  void the_overview_comes_at_once_and_when_something_changes() {
    try (StreamClient client = new StreamClient(api.port())) {
      JsonObject first = client.send(subscribe(4, "overview")).nextText();
      assertThat(first.getString("event")).isEqualTo("overview");
      assertThat(running(first)).isEqualTo(1);
      awaitReader();

      api.fakeMaster.commit(Instances.running(813));

      assertThat(running(client.nextText())).isEqualTo(2);
    }
  }

  private static int running(JsonObject event) {
    return event
        .getJsonObject("overview")
        .getJsonObject("counts")
        .getJsonObject("RUNNING")
        .getInteger("count");
  }

  @Test
  void the_cluster_comes_at_once_and_again() {
    try (StreamClient client = new StreamClient(api.port())) {
      JsonObject first = client.send(subscribe(5, "cluster")).nextText();
      JsonObject second = client.nextText();

      assertThat(first.getJsonObject("cluster").getJsonArray("masters")).hasSize(1);
      assertThat(second.getString("event")).isEqualTo("cluster");
    }
  }

  @Test
  void wrong_filters_are_refused() {
    try (StreamClient client = new StreamClient(api.port())) {
      for (String[] wrong :
          new String[][] {
            {"workflow-instances?stat=RUNNING", "UNKNOWN_QUERY_PARAMETER"},
            {"workflow-instances?state=RUNING", "BAD_QUERY"},
            {"workflow-instances?limit=0", "BAD_QUERY"},
            {"workflow-instances?limit=201", "BAD_QUERY"},
            {"workflow-instances?project=%zz", "BAD_QUERY"},
            {"workflow-instances?project=a&project=b", "BAD_QUERY"},
            {"workflow-instancs", "UNKNOWN_TOPIC"},
            {"overview/1", "UNKNOWN_TOPIC"}
          }) {
        JsonObject error = client.send(subscribe(1, wrong[0])).nextText();
        assertThat(error.getString("type")).as(wrong[0]).isEqualTo("error");
        assertThat(error.getString("code")).as(wrong[0]).isEqualTo(wrong[1]);
      }
    }
  }
}
