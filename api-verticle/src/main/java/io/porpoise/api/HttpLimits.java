package io.porpoise.api;

import io.porpoise.api.http.Problem;
import io.porpoise.node.config.ApiConfig;
import io.vertx.core.http.HttpServerOptions;

/** What the HTTP server takes at all. */
final class HttpLimits {
  private static final int IDLE_SECONDS_MAX = 120;
  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final int URI_BYTES_MAX = 8 * 1024;
  private static final int CLOSING_SECONDS_MAX = 3;

  private HttpLimits() {}

  static HttpServerOptions options(ApiConfig config) {
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.port())
        .setIdleTimeout(IDLE_SECONDS_MAX)
        .setMaxHeaderSize(HEADER_BYTES_MAX)
        .setMaxInitialLineLength(URI_BYTES_MAX)
        .setMaxWebSocketFrameSize(config.websocketFrame().asInt())
        .setMaxWebSocketMessageSize(config.websocketFrame().asInt())
        .setWebSocketClosingTimeout(CLOSING_SECONDS_MAX)
        .setTcpNoDelay(true);
  }

  static Problem exceeded() {
    return Problem.of(
        400,
        "BAD_REQUEST",
        "The request is not HTTP as this server takes it: at most "
            + URI_BYTES_MAX
            + " bytes of address and "
            + HEADER_BYTES_MAX
            + " of headers.");
  }
}
