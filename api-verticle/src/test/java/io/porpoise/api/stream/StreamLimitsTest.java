package io.porpoise.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.api.testing.ApiUnderTest;
import io.porpoise.api.testing.StreamClient;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamLimitsTest {
  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest();
    api.save("etl", "{workflow: {name: etl}, tasks: [{name: a, task_type: Shell, command: x}]}");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void the_first_message_may_be_the_log_in_and_what_follows_at_once_waits_for_it() {
    try (StreamClient client = new StreamClient(api.port(), null, Long.MAX_VALUE)) {
      client
          .send("{'type':'auth','token':'" + ApiUnderTest.TOKEN + "'}")
          .send("{'type':'subscribe','id':1,'topic':'workflow-instance/1'}");
      assertThat(client.nextText().getString("code")).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void without_a_log_in_nothing_is_served_and_a_wrong_one_closes() {
    try (StreamClient client = new StreamClient(api.port(), null, Long.MAX_VALUE)) {
      client.send("{'type':'subscribe','id':1,'topic':'workflow-instance/1'}");
      assertThat(client.nextText().getString("code")).isEqualTo("UNAUTHORIZED");
      client.send("{'type':'auth','token':'wrong'}");
      assertThat(client.closeCode()).isEqualTo(1008);
    }
    assertThatThrownBy(() -> new StreamClient(api.port(), "wrong", 1).close())
        .hasMessageContaining("WebSocket");
  }

  @Test
  void a_socket_that_does_not_log_in_is_closed() {
    try (StreamClient client = new StreamClient(api.port(), null, Long.MAX_VALUE)) {
      assertThat(client.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void a_cookie_opens_the_stream_only_to_pages_of_this_server() {
    assertThat(handshake("http://127.0.0.1:" + api.port())).isEqualTo(101);
    assertThat(handshake("http://evil.example")).isEqualTo(403);
    assertThat(handshake(null)).isEqualTo(403);
  }

  private int handshake(String origin) {
    WebSocket.Builder builder =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Cookie", "porpoise_token=" + ApiUnderTest.TOKEN);
    if (origin != null) {
      builder.header("Origin", origin);
    }
    URI uri = URI.create("ws://127.0.0.1:" + api.port() + "/api/v1/stream");
    try {
      builder.buildAsync(uri, new WebSocket.Listener() {}).join().abort();
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  @Test
  void the_stream_is_a_web_socket_only() {
    api.http.get("/api/v1/stream").send().problem(426, "WEBSOCKET_ONLY");
  }

  @Test
  void wrong_messages_are_answered_and_change_nothing() {
    try (StreamClient client = new StreamClient(api.port())) {
      for (String wrong :
          List.of(
              "",
              "{",
              "[]",
              "{}",
              "{'type':5}",
              "{'type':'subscribe'}",
              "{'type':'subscribe','id':1}",
              "{'type':'subscribe','id':-1,'topic':'log/1'}",
              "{'type':'subscribe','id':1,'topic':'logs/1'}",
              "{'type':'subscribe','id':1,'topic':'log/'}",
              "{'type':'subscribe','id':1,'topic':'log/99999999999999999999'}",
              "{'type':'subscribe','id':1,'topic':'log/1','offset':-1}",
              "{'type':'subscribe','id':1,'topc':'log/1'}",
              "{'type':'credit','bytes':1}",
              "{'type':'credit','id':1,'bytes':0}",
              "{'type':'unsubscribe'}")) {
        assertThat(client.send(wrong).nextText().getString("type")).as(wrong).isEqualTo("error");
      }
    }
  }

  @Test
  void subscriptions_are_counted() {
    try (StreamClient client = new StreamClient(api.port())) {
      for (int id = 0; id < 100; id++) {
        api.stores.put(io.porpoise.api.testing.Instances.running(1000 + id));
        client
            .send(
                "{'type':'subscribe','id':"
                    + id
                    + ",'topic':'workflow-instance/"
                    + (1000 + id)
                    + "'}")
            .nextText();
      }
      client.send("{'type':'subscribe','id':0,'topic':'workflow-instance/1000'}");
      assertThat(nextErrorCode(client)).isEqualTo("DUPLICATE_ID");
      client.send("{'type':'subscribe','id':100,'topic':'workflow-instance/1000'}");
      assertThat(nextErrorCode(client)).isEqualTo("TOO_MANY_SUBSCRIPTIONS");
    }
  }

  /** On a busy machine an owner may answer late, and its reasons come as a change. */
  private static String nextErrorCode(StreamClient client) {
    JsonObject message = client.nextText();
    while (message.getString("type").equals("event")) {
      message = client.nextText();
    }
    return message.getString("code");
  }

  @Test
  void too_large_a_message_ends_the_socket() {
    try (StreamClient client = new StreamClient(api.port())) {
      client.send("{'type':'" + "x".repeat(100_000) + "'}");
      assertThat(client.closeCode()).isNotZero();
    }
  }
}
