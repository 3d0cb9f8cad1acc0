package io.porpoise.api.stream;

import io.porpoise.api.auth.Sessions;
import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Principal;
import io.porpoise.api.http.Problem;
import io.porpoise.api.instance.InstanceJson;
import io.porpoise.api.log.LogSource;
import io.porpoise.node.config.ApiConfig;
import io.porpoise.store.InstanceQueries;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The route that becomes a WebSocket. */
public final class StreamRoutes {
  private final Sessions sessions;
  private final Topics topics;
  private final Clock clock;
  private final ApiConfig config;
  private final Set<StreamSession> open = new HashSet<>();

  public StreamRoutes(
      Sessions sessions,
      Watches watches,
      InstanceJson json,
      LogSource logs,
      InstanceQueries queries,
      Topics.Wholes wholes,
      Clock clock,
      ApiConfig config) {
    this.sessions = sessions;
    this.clock = clock;
    this.config = config;
    this.topics =
        new Topics(
            watches,
            json,
            new LogSubscription.Sources(logs, queries, watches, clock),
            config.logCredit().bytes(),
            wholes);
  }

  public List<Endpoint> endpoints() {
    // Open, because a browser can only log in by the first message; without credentials nothing is
    // served.
    return List.of(Endpoint.get("/api/v1/stream", this::connect).open());
  }

  /** How many sockets are open. */
  public int size() {
    return open.size();
  }

  public void stop() {
    List.copyOf(open).forEach(StreamSession::goAway);
  }

  private Single<Answer> connect(Call call) {
    HttpServerRequest request = call.request();
    if (!request.canUpgradeToWebSocket()) {
      throw Problem.of(426, "WEBSOCKET_ONLY", "This is a WebSocket; connect with an Upgrade.")
          .withHeader("Upgrade", "websocket")
          .withHeader("Connection", "Upgrade");
    }
    if (open.size() >= config.websocketConnections()) {
      throw Problem.of(503, "TOO_MANY_CONNECTIONS", "This node has enough sockets; try another.")
          .withHeader("Retry-After", "5");
    }
    Single<Optional<Principal>> caller =
        sessions.hasCredentials(request)
            ? sessions.admit(request).map(Optional::of)
            : Single.just(Optional.empty());
    return caller.flatMap(principal -> upgrade(request, principal));
  }

  private Single<Answer> upgrade(HttpServerRequest request, Optional<Principal> principal) {
    return request
        .rxToWebSocket()
        .map(
            socket -> {
              StreamSession session =
                  new StreamSession(
                      socket, sessions, topics, clock, config.websocketSubscriptions());
              open.add(session);
              session.start(principal.orElse(null), () -> open.remove(session));
              return Answer.TAKEN_OVER;
            });
  }
}
