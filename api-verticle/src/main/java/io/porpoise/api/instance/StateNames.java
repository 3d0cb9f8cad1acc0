package io.porpoise.api.instance;

import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.instance.WorkflowState;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** States of workflow instances by the names that callers filter with. */
public final class StateNames {
  private static final Set<String> KNOWN =
      Arrays.stream(WorkflowState.values()).map(Enum::name).collect(Collectors.toSet());

  private StateNames() {}

  /** Null for null. */
  public static WorkflowState parse(String text) {
    if (text == null) {
      return null;
    }
    if (!KNOWN.contains(text)) {
      throw Problem.bad(
          "BAD_QUERY", "Unknown state '" + Texts.shown(text) + "'." + Texts.hint(text, KNOWN));
    }
    return WorkflowState.valueOf(text);
  }
}
