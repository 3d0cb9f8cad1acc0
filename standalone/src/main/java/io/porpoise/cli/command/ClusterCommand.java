package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.Table;
import io.porpoise.cli.terminal.Terminal;
import io.porpoise.cli.terminal.Times;
import java.time.Instant;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code porpoise cluster}: who is there, and how busy. */
@Command(
    name = "cluster",
    description = "Shows masters, workers, API and alert nodes with their load.")
public final class ClusterCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Override
  public Integer call() {
    JsonNode cluster = options.api().get("/api/v1/cluster");
    if (options.isJson()) {
      options.printJson(cluster);
      return 0;
    }
    Terminal terminal = options.terminal();
    Table table =
        new Table("role", "node", "host", "version", "up", "cpu", "memory", "running", "more");
    Instant now = Instant.now();
    for (String role : new String[] {"master", "worker", "api", "alert"}) {
      for (JsonNode member : cluster.path(role + "s")) {
        JsonNode load = member.path("load");
        table.row(
            role,
            Fields.text(member, "node"),
            Fields.text(member, "host"),
            Fields.text(member, "version"),
            Times.span(Fields.time(member, "startTime"), null, now),
            percent(load.path("cpu")),
            percent(load.path("memory")),
            Fields.text(load, "running"),
            more(role, member, load));
      }
    }
    table.print(terminal);
    JsonNode slots = cluster.path("slots");
    if (slots.isObject()) {
      terminal.line(
          "slots: %s of %s have an owner"
              .formatted(Fields.text(slots, "owned"), Fields.text(slots, "total")));
    }
    return 0;
  }

  private static String percent(JsonNode share) {
    return share.isNumber() ? String.format(Locale.ROOT, "%.0f%%", share.asDouble() * 100) : "";
  }

  private static String more(String role, JsonNode member, JsonNode load) {
    StringJoiner more = new StringJoiner(", ");
    switch (role) {
      case "master" -> {
        add(more, "%s slots", Fields.text(load, "slots"));
        add(more, "%s tasks waiting", Fields.text(load, "waiting"));
      }
      case "worker" -> {
        StringJoiner groups = new StringJoiner(" ");
        member.path("workerGroups").forEach(g -> groups.add(g.asText()));
        add(more, "groups %s", groups.toString());
        add(more, "capacity %s", Fields.text(load, "capacity"));
        String refusing = Fields.text(load, "refusing");
        add(more, "refuses work: %s", refusing.equals("false") ? "" : refusing);
      }
      default -> add(more, "%s", Fields.text(member, "url"));
    }
    if (member.path("heartbeatAgeMillis").asLong() > 3_000) {
      more.add("silent for " + member.path("heartbeatAgeMillis").asLong() / 1000 + " s");
    }
    return more.toString();
  }

  private static void add(StringJoiner more, String form, String value) {
    if (!value.isEmpty()) {
      more.add(form.formatted(value));
    }
  }
}
