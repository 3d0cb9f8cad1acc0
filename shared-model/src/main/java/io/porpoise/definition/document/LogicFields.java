package io.porpoise.definition.document;

import io.porpoise.expression.ExpressionError;
import io.porpoise.expression.SwitchExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys of the logic tasks, in PyDolphinScheduler's notation, brought to one form. */
final class LogicFields {
  private static final int ITEMS_MAX = 1_000;
  private static final String ALL_TASKS = "0";

  private static final List<String> DATES =
      List.of(
          "currentHour",
          "last1Hour",
          "last2Hours",
          "last3Hours",
          "last24Hours",
          "today",
          "last1Days",
          "last2Days",
          "last3Days",
          "last7Days",
          "thisWeek",
          "lastWeek",
          "lastMonday",
          "lastTuesday",
          "lastWednesday",
          "lastThursday",
          "lastFriday",
          "lastSaturday",
          "lastSunday",
          "thisMonth",
          "thisMonthBegin",
          "thisMonthEnd",
          "lastMonth",
          "lastMonthBegin",
          "lastMonthEnd");

  /**
   * Without underscores and in lower case: how a date is written and how PyDolphinScheduler's
   * constants are called.
   */
  private static final Map<String, String> DATES_BY_SPELLING =
      DATES.stream().collect(Collectors.toMap(date -> date.toLowerCase(Locale.ROOT), date -> date));

  private LogicFields() {}

  static Object tasks(Value value) {
    return value.listOrOne(ITEMS_MAX, Value::task);
  }

  static Object op(Value value) {
    String op = value.choice(List.of("AND", "OR"));
    return op == null ? "AND" : op;
  }

  /**
   * The branches of a switch: {@code {task, condition}}; the one without a condition is the default
   * and comes last.
   */
  static Object branches(Value value) {
    Set<Object> named = new HashSet<>();
    List<Map<String, Object>> read =
        new ArrayList<>(
            notEmpty(value, value.list(ITEMS_MAX, branch -> LogicFields.branch(branch, named))));
    read.removeIf(branch -> !branch.containsKey("task"));
    List<Map<String, Object>> branches = new ArrayList<>(read);
    branches.removeIf(branch -> !branch.containsKey("condition"));
    long chars =
        branches.stream().mapToLong(branch -> ((String) branch.get("condition")).length()).sum();
    if (chars > Limits.CONDITIONS_CHARS_MAX) {
      value.wrong(
          "the conditions are too long: "
              + chars
              + " characters together, at most "
              + Limits.CONDITIONS_CHARS_MAX);
    }
    if (branches.size() < read.size() - 1) {
      value.wrong("only one branch, the default, may have no condition");
    }
    read.stream().filter(branch -> !branch.containsKey("condition")).forEach(branches::add);
    return branches;
  }

  private static Map<String, Object> branch(Value value, Set<Object> named) {
    Keys keys = value.keys();
    Map<String, Object> branch = new LinkedHashMap<>();
    Value task = keys.require("task");
    put(branch, "task", task, Value::task);
    put(branch, "condition", keys.take("condition"), LogicFields::expression);
    keys.end();
    if (task != null && !named.add(branch.get("task"))) {
      task.wrong("another branch leads to this task already; join their conditions with ||");
    }
    return branch;
  }

  /** The text of a condition that can be parsed. */
  private static String expression(Value value) {
    String text = value.text(Limits.VALUE_CHARS_MAX);
    ExpressionError error =
        value.node() instanceof Node.Scalar ? SwitchExpression.parse(text).error() : null;
    if (error != null) {
      value.wrong("not a condition: in its " + error);
    }
    return text;
  }

  static Object conditionGroups(Value value) {
    return groups(value, LogicFields::conditionItem);
  }

  static Object dependentGroups(Value value) {
    return groups(value, LogicFields::dependentItem);
  }

  private static List<Map<String, Object>> groups(
      Value value, Function<Value, Map<String, Object>> item) {
    List<Map<String, Object>> groups =
        value.list(
            ITEMS_MAX,
            group -> {
              Keys keys = group.keys();
              Map<String, Object> read = new LinkedHashMap<>();
              put(read, "op", keys.require("op"), LogicFields::op);
              put(
                  read,
                  "groups",
                  keys.require("groups"),
                  items -> notEmpty(items, items.list(ITEMS_MAX, item)));
              keys.end();
              return read;
            });
    return notEmpty(value, groups);
  }

  private static <T> List<T> notEmpty(Value value, List<T> list) {
    if (list.isEmpty()) {
      value.wrong("must not be empty");
    }
    return list;
  }

  private static Map<String, Object> conditionItem(Value value) {
    Keys keys = value.keys();
    Map<String, Object> item = new LinkedHashMap<>();
    put(item, "task", keys.require("task"), Value::task);
    put(item, "flag", keys.require("flag"), Value::flag);
    keys.end();
    return item;
  }

  private static Map<String, Object> dependentItem(Value value) {
    Keys keys = value.keys();
    Map<String, Object> item = new LinkedHashMap<>();
    put(item, "project_name", keys.require("project_name"), Value::name);
    put(item, "workflow_name", keys.require("workflow_name"), Value::name);
    item.put("dependent_task_name", keys.take("dependent_task_name", ALL_TASKS, Value::name));
    item.put("dependent_date", keys.take("dependent_date", "today", LogicFields::date));
    keys.end();
    return item;
  }

  private static String date(Value value) {
    String written = value.text(Limits.NAME_CHARS_MAX).strip();
    String spelling = written.toLowerCase(Locale.ROOT).replace("_", "");
    for (String[] number : NUMBERS) {
      spelling = spelling.replace(number[0], number[1]);
    }
    String date = DATES_BY_SPELLING.get(spelling);
    if (date == null) {
      value.wrong(
          "unknown dependent_date \""
              + written
              + "\""
              + value.reading().didYouMean(written, DATES)
              + " (known are: "
              + String.join(", ", DATES)
              + ")");
      return "today";
    }
    return date;
  }

  /** As in LAST_TWENTY_FOUR_HOURS. */
  private static final List<String[]> NUMBERS =
      Arrays.asList(
          new String[] {"twentyfour", "24"},
          new String[] {"one", "1"},
          new String[] {"two", "2"},
          new String[] {"three", "3"},
          new String[] {"seven", "7"});

  private static void put(
      Map<String, Object> map, String key, Value value, Function<Value, Object> reader) {
    if (value != null) {
      map.put(key, reader.apply(value));
    }
  }
}
