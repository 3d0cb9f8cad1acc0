package io.porpoise.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.porpoise.cli.terminal.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Calls of the HTTP API. What the server refuses becomes a {@link CliException} of one line. */
public final class ApiClient {
  public static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final URI server;
  private final String token;
  private final HttpClient http;

  /**
   * @param token may be empty, then the server will say that one must log in
   */
  public ApiClient(URI server, String token) {
    this.server = server;
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  public URI server() {
    return server;
  }

  public JsonNode get(String path) {
    return json(send(request(path).GET()));
  }

  /** The answer of any status, 404 included; only a server that cannot be reached is an error. */
  public HttpResponse<byte[]> tryGet(String path) {
    return exchange(request(path).GET(), BodyHandlers.ofByteArray());
  }

  /** As text of another type than JSON. */
  public String getText(String path, String type) {
    return new String(
        send(request(path).header("Accept", type).GET()).body(), StandardCharsets.UTF_8);
  }

  public Answer post(String path, JsonNode body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    headers.forEach(request::header);
    return answer(send(request));
  }

  public Answer post(String path, JsonNode body) {
    return post(path, body, Map.of());
  }

  public Answer send(String method, String path, String body, String type) {
    return answer(
        send(
            request(path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))));
  }

  /** Status and body of a call that went well. */
  public record Answer(int status, JsonNode body) {}

  /** The body as it comes; close it. */
  public InputStream download(String path) {
    HttpResponse<InputStream> response =
        exchange(request(path).GET(), BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw Problem.of(server, response.statusCode(), body.readAllBytes());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  public EventStream openStream() {
    return EventStream.open(http, server, token);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER_TIMEOUT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw Problem.of(server, response.statusCode(), response.body());
    }
    return response;
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request.build(), handler);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failure("interrupted", e);
    }
  }

  private CliException unreachable(IOException e) {
    if (e instanceof HttpTimeoutException && !(e instanceof ConnectException)) {
      return CliException.failure(server + " does not answer; try again, or look at its log", e);
    }
    return CliException.failure(
        "cannot reach "
            + server
            + (e instanceof ConnectException ? "" : " (" + e.getMessage() + ")")
            + "; is it running (porpoise server standalone), and is --server right?",
        e);
  }

  private Answer answer(HttpResponse<byte[]> response) {
    return new Answer(response.statusCode(), json(response));
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    if (response.body().length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw CliException.failure(
          server + " answers with something else than JSON: no Porpoise?", e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** A name as a segment of a path or the value of a query. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
