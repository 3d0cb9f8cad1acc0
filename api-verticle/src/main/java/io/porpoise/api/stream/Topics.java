package io.porpoise.api.stream;

import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.api.instance.InstanceJson;
import io.porpoise.api.instance.InstanceLists;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one can subscribe to. */
public final class Topics {
  private static final String INSTANCE = "workflow-instance";

  /** The subscription does not end when the instance does. */
  private static final String STAY = "?stay=true";

  private static final String LOG = "log";
  private static final String LIST = "workflow-instances";
  private static final String OVERVIEW = "overview";
  private static final String CLUSTER = "cluster";
  private static final Duration OVERVIEW_AT_LATEST = Duration.ofSeconds(10);
  private static final Duration CLUSTER_EVERY = Duration.ofSeconds(2);

  private final Watches watches;
  private final InstanceJson json;
  private final LogSubscription.Sources logs;
  private final long creditBytes;
  private final Wholes wholes;

  /** What shows many instances, or none. */
  public record Wholes(
      InstanceFeed feed,
      InstanceLists lists,
      Supplier<Single<JsonObject>> overview,
      Supplier<JsonObject> cluster,
      Clock clock) {}

  Topics(
      Watches watches,
      InstanceJson json,
      LogSubscription.Sources logs,
      long creditBytes,
      Wholes wholes) {
    this.watches = watches;
    this.json = json;
    this.logs = logs;
    this.creditBytes = creditBytes;
    this.wholes = wholes;
  }

  /** Opens the subscription; {@code register} is called before its first word. */
  void open(int id, String topic, long offset, Outlet outlet, Consumer<Subscription> register) {
    switch (kind(topic)) {
      case INSTANCE -> {
        boolean stays = topic.endsWith(STAY);
        String named = stays ? topic.substring(0, topic.length() - STAY.length()) : topic;
        InstanceSubscription subscription =
            new InstanceSubscription(
                id,
                outlet,
                json,
                new WorkflowInstanceId(number(named)),
                watches,
                stays ? Optional.of(wholes.feed()) : Optional.empty(),
                wholes.clock());
        register.accept(subscription);
        subscription.start();
      }
      case LOG -> {
        TaskInstanceId task = new TaskInstanceId(number(topic));
        LogSubscription subscription =
            new LogSubscription(id, outlet, logs, task, offset, creditBytes);
        register.accept(subscription);
        subscription.start();
      }
      case LIST -> {
        String query = topic.substring(Math.min(topic.length(), LIST.length() + 1));
        ListSubscription subscription =
            new ListSubscription(
                id, outlet, wholes.lists(), wholes.clock(), ListTopic.filter(query));
        register.accept(subscription);
        subscription.start(wholes.feed());
      }
      case OVERVIEW -> {
        PeriodicSubscription subscription =
            periodic(id, OVERVIEW, outlet, OVERVIEW_AT_LATEST, wholes.overview());
        register.accept(subscription);
        subscription.start(wholes.feed());
      }
      case CLUSTER -> {
        PeriodicSubscription subscription =
            periodic(
                id,
                CLUSTER,
                outlet,
                CLUSTER_EVERY,
                () -> Single.fromSupplier(() -> wholes.cluster().get()));
        register.accept(subscription);
        subscription.start();
      }
      default ->
          throw Problem.bad(
              "UNKNOWN_TOPIC",
              "Unknown topic '"
                  + Texts.shown(topic)
                  + "'."
                  + Texts.hint(topic, Set.of(INSTANCE, LOG, LIST, OVERVIEW, CLUSTER)));
    }
  }

  private PeriodicSubscription periodic(
      int id,
      String event,
      Outlet outlet,
      Duration atTheLatest,
      Supplier<Single<JsonObject>> picture) {
    return new PeriodicSubscription(id, event, outlet, wholes.clock(), atTheLatest, picture);
  }

  /** The part before the number or the filters; a whole has neither. */
  private static String kind(String topic) {
    for (String kind : new String[] {INSTANCE, LOG}) {
      if (topic.startsWith(kind + "/")) {
        return kind;
      }
    }
    return topic.startsWith(LIST + "?") ? LIST : topic;
  }

  private static long number(String topic) {
    String name = topic.substring(topic.indexOf('/') + 1);
    if (!name.matches("[0-9]{1,18}")) {
      throw Problem.bad(
          "UNKNOWN_TOPIC",
          "The topic '" + Texts.shown(topic) + "' must end with a number, such as log/9001.");
    }
    return Long.parseLong(name);
  }
}
