package io.porpoise.node.config;

import java.util.List;

/**
 * A value as somebody wrote it.
 *
 * @param values one text, or the elements of a list
 * @param where file and line, environment variable or option, as the user knows it
 */
record Given(List<String> values, String where) {
  Given {
    values = List.copyOf(values);
  }
}
