package io.porpoise.api.stream;

import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.api.instance.InstanceJson;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.util.Set;
import java.util.function.Consumer;

/** What one can subscribe to. */
final class Topics {
  private static final String INSTANCE = "workflow-instance";
  private static final String LOG = "log";

  private final Watches watches;
  private final InstanceJson json;
  private final LogSubscription.Sources logs;
  private final long creditBytes;

  Topics(Watches watches, InstanceJson json, LogSubscription.Sources logs, long creditBytes) {
    this.watches = watches;
    this.json = json;
    this.logs = logs;
    this.creditBytes = creditBytes;
  }

  /** Opens the subscription; {@code register} is called before its first word. */
  void open(int id, String topic, long offset, Outlet outlet, Consumer<Subscription> register) {
    int slash = topic.indexOf('/');
    String kind = slash < 0 ? topic : topic.substring(0, slash);
    String name = slash < 0 ? "" : topic.substring(slash + 1);
    switch (kind) {
      case INSTANCE -> {
        InstanceSubscription subscription =
            new InstanceSubscription(id, outlet, json, new WorkflowInstanceId(number(topic, name)));
        register.accept(subscription);
        subscription.start(watches);
      }
      case LOG -> {
        TaskInstanceId task = new TaskInstanceId(number(topic, name));
        LogSubscription subscription =
            new LogSubscription(id, outlet, logs, task, offset, creditBytes);
        register.accept(subscription);
        subscription.start();
      }
      default ->
          throw Problem.bad(
              "UNKNOWN_TOPIC",
              "Unknown topic '"
                  + Texts.shown(topic)
                  + "'."
                  + Texts.hint(kind, Set.of(INSTANCE, LOG)));
    }
  }

  private static long number(String topic, String name) {
    if (!name.matches("[0-9]{1,18}")) {
      throw Problem.bad(
          "UNKNOWN_TOPIC",
          "The topic '" + Texts.shown(topic) + "' must end with a number, such as log/9001.");
    }
    return Long.parseLong(name);
  }
}
