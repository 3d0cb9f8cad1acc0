package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.client.EventStream;
import io.porpoise.cli.client.Problem;
import io.porpoise.cli.client.StreamMessage;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.RunView;
import io.porpoise.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Watches a workflow instance until it has finished: its events over one WebSocket, and on the same
 * one the logs of its tasks. A lost connection is opened again, and every log goes on at the byte
 * where it was.
 */
final class RunFollower {
  /** Below the server's bound of subscriptions; the logs of more tasks wait for their turn. */
  private static final int LOGS_AT_ONCE = 64;

  private static final long INSTANCE_SUBSCRIPTION = 1;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RECONNECT_FOR = Duration.ofMinutes(2);

  /** How long the last logs may take after the instance has finished, without a single byte. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(10);

  /** A log that is read. */
  private static final class Log {
    private final String task;
    private final String name;
    private long offset;
    private boolean isComplete;

    private Log(String task, String name) {
      this.task = task;
      this.name = name;
    }
  }

  private final ApiClient api;
  private final Terminal terminal;
  private final RunView view;
  private final String instance;
  private final boolean withLogs;

  private final Map<String, Log> logs = new LinkedHashMap<>();
  private final Map<Long, Log> subscribed = new HashMap<>();
  private final Deque<Log> waiting = new ArrayDeque<>();
  private long nextSubscription = INSTANCE_SUBSCRIPTION + 1;
  private boolean hasFinished;

  /**
   * @param view null to wait in silence
   */
  RunFollower(ApiClient api, Terminal terminal, RunView view, String instance, boolean withLogs) {
    this.api = api;
    this.terminal = terminal;
    this.view = view;
    this.instance = instance;
    this.withLogs = withLogs && view != null;
  }

  /** Returns the instance as it stands when it has finished and its logs have been printed. */
  JsonNode follow() {
    long lostAt = 0;
    Duration pause = Duration.ofMillis(200);
    while (true) {
      boolean wasConnected = false;
      try (EventStream stream = api.openStream()) {
        wasConnected = true;
        read(stream);
        return end();
      } catch (Lost e) {
        lostAt = 0;
        pause = Duration.ofMillis(200);
        terminal.note("the connection to " + api.server() + " is lost; trying again");
      } catch (Problem e) {
        throw e;
      } catch (CliException e) {
        if (wasConnected) {
          throw e;
        }
        lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
        if (System.nanoTime() - lostAt > RECONNECT_FOR.toNanos()) {
          throw e;
        }
      }
      sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(Duration.ofSeconds(3)) > 0
              ? Duration.ofSeconds(3)
              : pause.multipliedBy(2);
    }
  }

  /** The connection is gone before everything has been read. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Lost() {
      super(null, null, false, false);
    }
  }

  private void read(EventStream stream) {
    subscribed.clear();
    waiting.clear();
    if (!hasFinished) {
      stream.subscribe(INSTANCE_SUBSCRIPTION, "workflow-instance/" + instance);
    }
    logs.values().stream().filter(log -> !log.isComplete).forEach(log -> open(stream, log));
    long quietSince = System.nanoTime();
    while (!hasFinished || logs.values().stream().anyMatch(log -> !log.isComplete)) {
      StreamMessage message = stream.next(POLL);
      if (message != null) {
        quietSince = System.nanoTime();
        handle(stream, message);
      } else if (hasFinished && System.nanoTime() - quietSince > LOG_PATIENCE.toNanos()) {
        giveUpLogs();
      }
    }
  }

  private void handle(EventStream stream, StreamMessage message) {
    if (message instanceof StreamMessage.Event event) {
      if (view != null && event.body().path("tasks").isEmpty() && logs.isEmpty()) {
        view.instance(event.body().path("instance")); // else the tasks say more
      }
      event.body().path("tasks").forEach(task -> show(stream, task));
    } else if (message instanceof StreamMessage.LogBytes bytes) {
      print(stream, bytes);
    } else if (message instanceof StreamMessage.End end) {
      if (end.id() == INSTANCE_SUBSCRIPTION) {
        finished(stream);
      } else {
        complete(stream, end.id(), null);
      }
    } else if (message instanceof StreamMessage.Error error) {
      if (error.id() == INSTANCE_SUBSCRIPTION) {
        throw CliException.failure(error.detail());
      }
      complete(stream, error.id(), error.detail());
    } else if (message instanceof StreamMessage.Closed) {
      throw new Lost();
    }
  }

  private void show(EventStream stream, JsonNode task) {
    if (view == null) {
      return;
    }
    String id = Fields.text(task, "id");
    if (withLogs && hasLog(task) && !logs.containsKey(id)) {
      Log log = new Log(id, Fields.text(task, "name"));
      logs.put(id, log);
      view.logOpened(id);
      view.task(task);
      open(stream, log);
    } else {
      view.task(task);
    }
  }

  /** A process has been started for it, so there is something to read. */
  private static boolean hasLog(JsonNode task) {
    boolean hasBegun =
        !Fields.text(task, "startTime").isEmpty() || !Fields.text(task, "exitCode").isEmpty();
    return hasBegun && !Fields.text(task, "worker").isEmpty();
  }

  private void open(EventStream stream, Log log) {
    if (subscribed.size() >= LOGS_AT_ONCE) {
      waiting.add(log);
      return;
    }
    long id = nextSubscription++;
    subscribed.put(id, log);
    stream.subscribe(id, "log/" + log.task, log.offset);
  }

  private void print(EventStream stream, StreamMessage.LogBytes bytes) {
    Log log = subscribed.get(bytes.id());
    if (log == null) {
      return;
    }
    view.log(log.task, log.name, bytes.frame(), bytes.from());
    log.offset = bytes.offset() + bytes.length();
    stream.credit(bytes.id(), bytes.length());
  }

  private void complete(EventStream stream, long subscription, String fault) {
    Log log = subscribed.remove(subscription);
    if (log == null) {
      return;
    }
    log.isComplete = true;
    view.logClosed(log.task, log.name);
    if (fault != null) {
      terminal.note("the log of " + log.name + " cannot be read: " + fault);
    }
    if (!waiting.isEmpty()) {
      open(stream, waiting.remove());
    }
  }

  /** Fast tasks may have begun and ended between two events: what is stored is complete. */
  private void finished(EventStream stream) {
    hasFinished = true;
    if (view != null) {
      api.get("/api/v1/workflow-instances/" + instance + "?attempts=all")
          .path("tasks")
          .forEach(task -> show(stream, task));
    }
  }

  private void giveUpLogs() {
    Iterator<Log> all = logs.values().iterator();
    while (all.hasNext()) {
      Log log = all.next();
      if (!log.isComplete) {
        log.isComplete = true;
        view.logClosed(log.task, log.name);
        terminal.note("the log of " + log.name + " is not complete: porpoise logs " + log.task);
      }
    }
  }

  private JsonNode end() {
    return api.get("/api/v1/workflow-instances/" + instance);
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failure("interrupted", e);
    }
  }
}
