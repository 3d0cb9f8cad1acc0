package io.porpoise.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Asks an API node, and holds every answer against its OpenAPI document. */
public final class HttpTester {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final OpenApiCheck check = new OpenApiCheck();
  private final int port;
  private final String token;

  HttpTester(int port, String token) {
    this.port = port;
    this.token = token;
  }

  public Request get(String path) {
    return new Request("GET", path);
  }

  public Request post(String path) {
    return new Request("POST", path);
  }

  public Request put(String path) {
    return new Request("PUT", path);
  }

  public Request method(String method, String path) {
    return new Request(method, path);
  }

  /** One request to be made. */
  public final class Request {
    private final String method;
    private final String path;
    private final HttpRequest.Builder builder;
    private byte[] body = new byte[0];
    private boolean isAnonymous;

    private Request(String method, String path) {
      this.method = method;
      this.path = path;
      this.builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    public Request anonymous() {
      isAnonymous = true;
      return this;
    }

    public Request header(String name, String value) {
      builder.header(name, value);
      return this;
    }

    public Request body(String type, String text) {
      return body(type, text.getBytes(StandardCharsets.UTF_8));
    }

    public Request body(String type, byte[] bytes) {
      body = bytes;
      return header("Content-Type", type);
    }

    public Request json(String text) {
      return body("application/json", text.replace('\'', '"'));
    }

    public Answer send() {
      if (!isAnonymous) {
        builder.header("Authorization", "Bearer " + token);
      }
      builder.method(
          method,
          body.length == 0
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(body));
      try {
        Answer answer =
            new Answer(client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray()));
        check.answer(method, path, answer);
        return answer;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(method + " " + path, e);
      }
    }
  }

  /** One answer that came. */
  public static final class Answer {
    private final HttpResponse<byte[]> response;

    private Answer(HttpResponse<byte[]> response) {
      this.response = response;
    }

    public int status() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    public byte[] bytes() {
      return response.body();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonObject json() {
      return new JsonObject(text());
    }

    /** The problem that this answer must be. */
    public JsonObject problem(int status, String code) {
      assertThat(text()).contains("\"code\":\"" + code + "\"");
      assertThat(status()).isEqualTo(status);
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      return json();
    }

    public Answer ok(int status) {
      assertThat(status()).as(text()).isEqualTo(status);
      return this;
    }
  }
}
