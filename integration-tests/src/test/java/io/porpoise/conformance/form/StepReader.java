package io.porpoise.conformance.form;

import io.porpoise.conformance.form.Step.Act;
import io.porpoise.conformance.form.Step.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands under {@code when}. */
final class StepReader {
  private static final Pattern FORM =
      Pattern.compile(
          "(.+?)(?: is refused with ([0-9]{3})(?: ([A-Z_]+))?)?"
              + "(?: at ("
              + Times.FORM
              + ")| once (.+))?");
  private static final Pattern RESIZE = Pattern.compile("give task group (.+) ([0-9]{1,5}) slots");
  private static final Pattern RELEASE = Pattern.compile("take (.+) (online|offline)");
  private static final String FORCE = "force success of ";
  private static final String KILL = "kill ";
  private static final String START = "start";

  /** Words for the actions of the interface. */
  private static final Map<String, String> ACTIONS =
      Map.of(
          "pause", "PAUSE",
          "resume", "RESUME",
          "stop", "STOP",
          "rerun", "RERUN",
          "recover", "RECOVER_FAILED");

  private StepReader() {}

  static Step read(Item item) {
    if (item.isText()) {
      Matcher matcher = FORM.matcher(item.text());
      if (!matcher.matches()) {
        throw item.bad("'%s' is no step", item.text());
      }
      Refusal refusal =
          matcher.group(2) == null
              ? null
              : new Refusal(Integer.parseInt(matcher.group(2)), matcher.group(3), null);
      return new Step(
          item.place(),
          act(item, matcher.group(1)),
          matcher.group(4) == null ? null : Times.parse(item, matcher.group(4)),
          matcher.group(5) == null ? null : Condition.parse(item, matcher.group(5)),
          refusal);
    }
    Map<String, Item> fields =
        item.fields("start", "workflow", "save", "do", "see", "at", "once", "refused");
    Item at = fields.get("at");
    Item once = fields.get("once");
    return new Step(
        item.place(),
        act(item, fields),
        at == null ? null : Times.parse(at, at.text()),
        once == null ? null : Condition.parse(once, once.text()),
        fields.containsKey("refused") ? refusal(fields.get("refused")) : null);
  }

  private static Act act(Item item, Map<String, Item> fields) {
    if (fields.containsKey("save")) {
      return new Step.Save(Document.read(fields.get("save")));
    }
    if (fields.containsKey("see")) {
      return new Step.See(Expectation.read(fields.get("see")));
    }
    if (fields.containsKey("do")) {
      return act(fields.get("do"), fields.get("do").text());
    }
    if (fields.containsKey(START)) {
      Item workflow = fields.get("workflow");
      return new Step.Start(
          workflow == null ? null : workflow.text(), fields.get(START).plainFields());
    }
    throw item.bad("a step is one of start, save, see, do");
  }

  private static Refusal refusal(Item item) {
    Map<String, Item> fields = item.fields("status", "code", "says");
    if (!fields.containsKey("status")) {
      throw item.bad("a refusal has a status");
    }
    return new Refusal(
        fields.get("status").number(),
        fields.containsKey("code") ? fields.get("code").text() : null,
        fields.containsKey("says") ? fields.get("says").text() : null);
  }

  private static Act act(Item at, String text) {
    Matcher resize = RESIZE.matcher(text);
    if (resize.matches()) {
      return new Step.Resize(resize.group(1), Integer.parseInt(resize.group(2)));
    }
    Matcher release = RELEASE.matcher(text);
    if (release.matches()) {
      return new Step.Release(
          release.group(1), release.group(2).toUpperCase(java.util.Locale.ROOT));
    }
    if (text.startsWith(FORCE)) {
      return task(at, "FORCE_SUCCESS", text.substring(FORCE.length()));
    }
    if (text.startsWith(KILL)) {
      return task(at, "KILL", text.substring(KILL.length()));
    }
    String[] words = text.split(" ", 2);
    if (words[0].equals(START)) {
      return new Step.Start(words.length == 1 ? null : words[1], Map.of());
    }
    String action = ACTIONS.get(words[0]);
    if (action == null) {
      throw at.bad(
          "'%s' is nothing that one does; allowed: start [WORKFLOW], pause, resume, stop, rerun or"
              + " recover [INSTANCE], kill TASK, force success of TASK, take WORKFLOW"
              + " online|offline, give task group NAME N slots; then: is refused with STATUS"
              + " [CODE]; then: at DURATION, or once CONDITION",
          text);
    }
    Subject subject = Subject.parse(at, words.length == 1 ? "workflow" : words[1]);
    if (subject.task() != null) {
      throw at.bad("'%s' is a task; %s is for instances", words[1], words[0]);
    }
    return new Step.Action(action, subject);
  }

  private static Act task(Item at, String action, String text) {
    Subject subject = Subject.parse(at, text);
    if (subject.task() == null) {
      throw at.bad("'%s' is no task", text);
    }
    return new Step.Action(action, subject);
  }

  static List<Step> all(Item item) {
    return item.items().stream().map(StepReader::read).toList();
  }

  /** What happens when nothing is said. */
  static Step plainStart(Item item) {
    return new Step(item.place(), new Step.Start(null, Map.of()), Duration.ZERO, null, null);
  }
}
