package io.porpoise.api.stream;

import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.api.instance.StateNames;
import io.porpoise.store.InstanceQueries.Filter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What stands behind the question mark of a topic that is a list, as in an address. */
final class ListTopic {
  private static final Set<String> NAMES = Set.of("project", "workflow", "state", "limit");
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 200;

  private ListTopic() {}

  static Filter filter(String query) {
    Map<String, String> values = values(query);
    return new Filter(
        values.get("project"),
        values.get("workflow"),
        StateNames.parse(values.get("state")),
        null,
        null,
        null,
        limit(values.get("limit")));
  }

  private static int limit(String text) {
    if (text == null) {
      return LIMIT;
    }
    int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > LIMIT_MAX) {
      throw Problem.bad("BAD_QUERY", "'limit' must be a whole number from 1 to " + LIMIT_MAX + ".");
    }
    return limit;
  }

  private static Map<String, String> values(String query) {
    Map<String, String> values = new HashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!NAMES.contains(name)) {
        throw Problem.bad(
            "UNKNOWN_QUERY_PARAMETER",
            "Unknown query parameter '" + Texts.shown(name) + "'." + Texts.hint(name, NAMES));
      }
      if (values.put(name, decoded(pair.substring(equals + 1))) != null) {
        throw Problem.bad("BAD_QUERY", "'" + name + "' is given more than once.");
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.bad("BAD_QUERY", "'" + Texts.shown(text) + "' is not URL-encoded.");
    }
  }
}
