package io.porpoise.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.terminal.Terminal.Style;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run as it goes on: one line for every change of a task, and the lines of the tasks' logs.
 *
 * <p>The end of a task is told after the last line of its log, wherever it comes in: a person reads
 * from top to bottom.
 */
public final class RunView {
  private static final int NAME_WIDTH_MAX = 24;
  private static final Style[] NAME_STYLES = {Style.BUSY, Style.WARN, Style.GOOD, Style.BOLD};

  /** What has been shown of an attempt. */
  private static final class Shown {
    private String state = "";
    private boolean isLogOpen;
    private JsonNode heldEnd;
    private LogPrinter log;
  }

  private final Terminal terminal;
  private final Map<String, Shown> attempts = new HashMap<>();
  private final Map<String, Style> styles = new LinkedHashMap<>();
  private int nameWidth = 8;
  private String saidOfInstance = "";

  public RunView(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The instance as a whole: why it is not running, if it is not and has not finished. */
  public void instance(JsonNode instance) {
    String state = Fields.text(instance, "state");
    String reason = Fields.reason(instance);
    String words = state + ": " + reason;
    boolean isWaiting = !reason.isEmpty() && !state.equals("RUNNING") && !isEnd(instance);
    if (isWaiting && !words.equals(saidOfInstance)) {
      saidOfInstance = words;
      terminal.line(
          terminal.styled(Style.DIM, "instance ") + terminal.state(state) + ": " + reason);
    }
  }

  /** What every task goes through in a moment says nothing; a wait with a reason does. */
  private static boolean isPassing(String state, JsonNode task) {
    return state.equals("DISPATCHED") || state.equals("SUBMITTED") && Fields.reason(task).isEmpty();
  }

  /** Makes room for the names of all tasks, so that the columns stay where they are. */
  public void expect(Iterable<JsonNode> tasks) {
    tasks.forEach(task -> note(Fields.text(task, "name")));
  }

  private static boolean isEnd(JsonNode instance) {
    return !Fields.text(instance, "endTime").isEmpty();
  }

  /** A task instance, as the server sent it. */
  public void task(JsonNode task) {
    Shown shown = shown(Fields.text(task, "id"));
    String state = Fields.text(task, "state");
    note(Fields.text(task, "name"));
    if (shown.state.equals(state)) {
      return;
    }
    shown.state = state;
    if (isPassing(state, task)) {
      return;
    }
    if (isOver(state) && shown.isLogOpen) {
      shown.heldEnd = task;
    } else {
      line(task);
    }
  }

  public void logOpened(String taskInstance) {
    shown(taskInstance).isLogOpen = true;
  }

  /** Bytes of a log, from an index of the array on. */
  public void log(String taskInstance, String name, byte[] bytes, int from) {
    Shown shown = shown(taskInstance);
    if (shown.log == null) {
      shown.log = new LogPrinter(terminal);
    }
    shown.log.print(prefix(name), bytes, from);
  }

  /** Nothing more comes of this log. */
  public void logClosed(String taskInstance, String name) {
    Shown shown = shown(taskInstance);
    shown.isLogOpen = false;
    if (shown.log != null) {
      shown.log.end(prefix(name));
    }
    if (shown.heldEnd != null) {
      line(shown.heldEnd);
      shown.heldEnd = null;
    }
  }

  /** How it ended, with the time that it took. */
  public void end(JsonNode instance) {
    String took =
        Times.span(
            Fields.time(instance, "startTime"), Fields.time(instance, "endTime"), Instant.now());
    String reason = Fields.reason(instance);
    terminal.line(
        terminal.styled(Style.BOLD, "instance " + Fields.text(instance, "id"))
            + " "
            + terminal.state(Fields.text(instance, "state"))
            + (took.isEmpty() ? "" : " after " + took)
            + (reason.isEmpty() ? "" : ": " + reason));
  }

  public static boolean isOver(String taskState) {
    return switch (taskState) {
      case "SUCCEEDED", "FORCED_SUCCESS", "FAILED", "KILLED", "PAUSED", "LOST" -> true;
      default -> false;
    };
  }

  private void line(JsonNode task) {
    String state = Fields.text(task, "state");
    String name = Fields.text(task, "name");
    StringBuilder line = new StringBuilder(padded(name));
    line.append(terminal.styled(Style.DIM, " * ")).append(terminal.state(state));
    int attempt = task.path("attempt").asInt(1);
    if (attempt > 1) {
      line.append(" (attempt ").append(attempt).append(')');
    }
    line.append(terminal.styled(Style.DIM, detail(task, state)));
    terminal.line(line.toString());
  }

  private static String detail(JsonNode task, String state) {
    String worker = Fields.text(task, "worker");
    String reason = Fields.reason(task);
    if (state.equals("RUNNING") && !worker.isEmpty()) {
      return " on " + worker;
    }
    if (!isOver(state)) {
      return reason.isEmpty() ? "" : ": " + reason;
    }
    StringBuilder detail = new StringBuilder();
    Instant start = Fields.time(task, "startTime");
    if (start != null) {
      detail.append(" in ").append(Times.span(start, Fields.time(task, "endTime"), Instant.now()));
    }
    if (!reason.isEmpty()) {
      detail.append(": ").append(reason);
    } else if (task.path("exitCode").asInt(0) != 0) {
      detail.append(": exit code ").append(task.path("exitCode").asInt());
    }
    Instant due = Fields.time(task, "dueTime");
    if (state.equals("FAILED") && due != null && !reason.startsWith("retry")) {
      detail.append("; again at ").append(Times.local(due).substring(11));
    }
    return detail.toString();
  }

  private Shown shown(String taskInstance) {
    return attempts.computeIfAbsent(taskInstance, id -> new Shown());
  }

  private void note(String name) {
    nameWidth = Math.max(nameWidth, Math.min(NAME_WIDTH_MAX, name.length()));
    styles.computeIfAbsent(name, n -> NAME_STYLES[styles.size() % NAME_STYLES.length]);
  }

  private String prefix(String name) {
    return padded(name) + terminal.styled(Style.DIM, " | ");
  }

  private String padded(String name) {
    String text = name.length() > NAME_WIDTH_MAX ? name.substring(0, NAME_WIDTH_MAX) : name;
    return terminal.styled(
        styles.getOrDefault(name, Style.PLAIN),
        text + " ".repeat(Math.max(0, nameWidth - text.length())));
  }
}
