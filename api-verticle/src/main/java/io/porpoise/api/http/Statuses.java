package io.porpoise.api.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The usual words for HTTP status codes. */
final class Statuses {
  private Statuses() {}

  static String title(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
