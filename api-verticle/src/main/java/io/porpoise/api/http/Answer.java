package io.porpoise.api.http;

import io.reactivex.rxjava3.core.Completable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.rxjava3.core.http.HttpServerResponse;

/** How a request is answered: writes itself to the response and ends it. */
@FunctionalInterface
public interface Answer {
  /** The connection became something else; there is nothing to write, and nothing to end. */
  Answer TAKEN_OVER = response -> Completable.complete();

  Completable write(HttpServerResponse response);

  static Answer json(int status, JsonObject body) {
    return of(status, "application/json", body.toBuffer());
  }

  static Answer of(int status, String contentType, Buffer body) {
    // The length is said by hand, so that the answer to a HEAD has it too.
    return response ->
        response
            .setStatusCode(status)
            .putHeader("Content-Type", contentType)
            .putHeader("Content-Length", Integer.toString(body.length()))
            .rxEnd(body);
  }

  /** 204. */
  static Answer empty() {
    return response -> response.setStatusCode(204).rxEnd();
  }

  static Answer problem(Problem problem) {
    Answer answer = of(problem.status(), "application/problem+json", problem.toJson().toBuffer());
    for (var header : problem.headers().entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }

  /** The same with one more header. */
  default Answer with(String header, String value) {
    return response -> write(response.putHeader(header, value));
  }
}
