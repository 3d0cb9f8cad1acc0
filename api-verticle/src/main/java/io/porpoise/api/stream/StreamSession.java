package io.porpoise.api.stream;

import io.porpoise.api.auth.Sessions;
import io.porpoise.api.http.Fields;
import io.porpoise.api.http.Principal;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Problems;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.rxjava3.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One client's socket: its log-in, its subscriptions, and the one way out that they share. */
final class StreamSession implements Outlet {
  private static final short POLICY_VIOLATION = 1008;
  private static final short UNSUPPORTED_DATA = 1003;
  private static final short GOING_AWAY = 1001;
  private static final short MESSAGE_TOO_LARGE = 1009;
  private static final Duration AUTH_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PING = Duration.ofSeconds(30);
  private static final int TOPIC_CHARS_MAX = 1_000;
  private static final int QUEUE_BYTES_MAX = 512 * 1024;
  private static final Set<String> FIELDS =
      Set.of("type", "id", "topic", "offset", "bytes", "token");

  private final ServerWebSocket socket;
  private final Sessions sessions;
  private final Topics topics;
  private final Clock clock;
  private final int subscriptionsMax;
  private final CompositeDisposable work = new CompositeDisposable();

  /** Outlives the rest: the goodbye must still be said. */
  private final CompositeDisposable closing = new CompositeDisposable();

  private final Map<Integer, Subscription> subscriptions = new HashMap<>();
  private Principal principal;
  private boolean isAuthenticating;
  private boolean isClosed;

  StreamSession(
      ServerWebSocket socket, Sessions sessions, Topics topics, Clock clock, int subscriptionsMax) {
    this.socket = socket;
    this.sessions = sessions;
    this.topics = topics;
    this.clock = clock;
    this.subscriptionsMax = subscriptionsMax;
  }

  /**
   * Begins to listen.
   *
   * @param known who it is, or null: then the first message must tell
   */
  void start(Principal known, Runnable onClosed) {
    principal = known;
    socket.setWriteQueueMaxSize(QUEUE_BYTES_MAX);
    socket.textMessageHandler(this::heard);
    socket.binaryMessageHandler(
        bytes -> close(UNSUPPORTED_DATA, "Messages to the server are JSON in text frames."));
    socket.drainHandler(drained -> drained());
    socket.exceptionHandler(
        error -> close(MESSAGE_TOO_LARGE, "A broken frame, or too large a message."));
    socket.closeHandler(
        closed -> {
          release();
          onClosed.run();
        });
    clock.schedule(
        AUTH_TIMEOUT,
        () -> {
          if (principal == null) {
            close(POLICY_VIOLATION, "No valid log-in within 10 s.");
          }
        },
        work);
    schedulePing();
  }

  private void heard(String text) {
    Integer id = null;
    try {
      Fields message = Fields.parse(Buffer.buffer(text), FIELDS);
      String type = message.text("type", 1, 20);
      id = message.has("id") ? (int) message.number("id", 0, Integer.MAX_VALUE, 0) : null;
      obey(type, id, message);
    } catch (Problem problem) {
      send(Words.error(id, problem.code(), problem.getMessage()));
    }
    if (isFull()) {
      // Who sends without reading the answers is not listened to meanwhile.
      socket.pause();
    }
  }

  private void obey(String type, Integer id, Fields message) {
    if (type.equals("auth")) {
      authenticate(message.text("token", 1, 200));
      return;
    }
    if (principal == null) {
      throw Problem.of(401, "UNAUTHORIZED", "Send {\"type\":\"auth\",\"token\":...} first.");
    }
    switch (type) {
      case "subscribe" -> subscribe(required(id), message);
      case "unsubscribe" -> ended(required(id));
      case "credit" -> {
        long bytes = message.number("bytes", 1, Integer.MAX_VALUE, 0);
        Subscription subscription = subscriptions.get(required(id));
        // One that has just ended may still be given credit by a client that does not know yet.
        if (subscription != null && bytes > 0) {
          subscription.grant(bytes);
        }
      }
      default ->
          throw Problem.bad(
              "UNKNOWN_TYPE", "The type must be auth, subscribe, unsubscribe or credit.");
    }
  }

  private static int required(Integer id) {
    if (id == null) {
      throw Problem.badField("id", "must be a number that you choose for the subscription.");
    }
    return id;
  }

  private void authenticate(String token) {
    if (isAuthenticating) {
      throw Problem.bad("ALREADY_AUTHENTICATING", "One log-in at a time.");
    }
    isAuthenticating = true;
    // What follows on the heels of the log-in waits for it.
    socket.pause();
    sessions
        .byToken(token)
        .doFinally(
            () -> {
              isAuthenticating = false;
              socket.resume();
            })
        .subscribe(found -> principal = found, this::notAuthenticated, work);
  }

  private void notAuthenticated(Throwable error) {
    Problem problem = Problems.of(error, "stream auth");
    send(Words.error(null, problem.code(), problem.getMessage()));
    if (problem.status() == 401) {
      close(POLICY_VIOLATION, "The token is not valid.");
    }
  }

  private void subscribe(int id, Fields message) {
    if (subscriptions.containsKey(id)) {
      throw Problem.conflict("DUPLICATE_ID", "Subscription " + id + " is in use on this socket.");
    }
    if (subscriptions.size() >= subscriptionsMax) {
      throw Problem.of(
          429,
          "TOO_MANY_SUBSCRIPTIONS",
          "A socket has at most " + subscriptionsMax + " subscriptions; end one first.");
    }
    topics.open(
        id,
        message.text("topic", 1, TOPIC_CHARS_MAX),
        message.number("offset", 0, Long.MAX_VALUE, 0),
        this,
        subscription -> subscriptions.put(id, subscription));
  }

  @Override
  public boolean isFull() {
    return isClosed || socket.writeQueueFull();
  }

  @Override
  public void send(JsonObject message) {
    if (!isClosed) {
      socket.rxWriteTextMessage(message.encode()).subscribe(() -> {}, this::writeFailed, work);
    }
  }

  @Override
  public void send(Buffer bytes) {
    if (!isClosed) {
      socket.rxWriteBinaryMessage(bytes).subscribe(() -> {}, this::writeFailed, work);
    }
  }

  private void writeFailed(Throwable error) {
    // The socket is gone; its close handler cleans up.
  }

  @Override
  public void ended(int id) {
    Subscription subscription = subscriptions.remove(id);
    if (subscription != null) {
      subscription.close();
    }
  }

  private void drained() {
    if (!isAuthenticating) {
      socket.resume();
    }
    List.copyOf(subscriptions.values()).forEach(Subscription::proceed);
  }

  /**
   * Keeps the connection alive through what lies between, and ends it when the log-in has ended.
   */
  private void schedulePing() {
    clock.schedule(PING, this::ping, work);
  }

  private void ping() {
    if (!socket.writeQueueFull()) {
      socket.rxWritePing(Buffer.buffer()).subscribe(() -> {}, this::writeFailed, work);
    }
    if (principal != null) {
      sessions
          .byHash(principal.tokenHash())
          .subscribe(
              present -> {},
              error -> {
                if (error instanceof Problem problem && problem.status() == 401) {
                  close(POLICY_VIOLATION, "The log-in has ended.");
                }
              },
              work);
    }
    schedulePing();
  }

  void goAway() {
    close(GOING_AWAY, "This node stops; connect again.");
  }

  private void close(short code, String reason) {
    if (!isClosed) {
      release();
      socket.rxClose(code, reason).subscribe(() -> {}, this::writeFailed, closing);
    }
  }

  private void release() {
    if (!isClosed) {
      isClosed = true;
      work.dispose();
      subscriptions.values().forEach(Subscription::close);
      subscriptions.clear();
    }
  }
}
