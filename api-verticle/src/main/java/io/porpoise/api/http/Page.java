package io.porpoise.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list: {@code {items, next}}. A cursor is opaque to callers: it names the kind of
 * list and the place after which the next page begins, so that one of another list is refused.
 */
public final class Page {
  public static final int LIMIT_MAX = 500;
  private static final int LIMIT = 50;
  private static final int CURSOR_MAX = 1000;

  private Page() {}

  public static int limit(Call call) {
    return (int) call.query("limit", 1, LIMIT_MAX, LIMIT);
  }

  /** The place that the cursor of this kind of list names, or null when there is no cursor. */
  public static String after(Call call, String kind) {
    String cursor = call.query("cursor");
    if (cursor == null) {
      return null;
    }
    if (cursor.length() <= CURSOR_MAX) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        if (text.startsWith(kind + ":")) {
          return text.substring(kind.length() + 1);
        }
      } catch (IllegalArgumentException e) {
        throw badCursor();
      }
    }
    throw badCursor();
  }

  /** A number as the place. */
  public static long after(Call call, String kind, long otherwise) {
    String place = after(call, kind);
    if (place == null) {
      return otherwise;
    }
    if (!place.matches("[0-9]{1,18}")) {
      throw badCursor();
    }
    return Long.parseLong(place);
  }

  public static Problem badCursor() {
    return Problem.bad(
        "BAD_CURSOR", "The cursor is not one of this list; begin again without a cursor.");
  }

  /**
   * The answer.
   *
   * @param found up to {@code limit + 1} rows: one more than fits tells that there is a next page
   * @param place of a row in the order of the list
   */
  public static <T> JsonObject of(
      List<T> found,
      int limit,
      String kind,
      Function<T, String> place,
      Function<T, JsonObject> toJson) {
    boolean isLast = found.size() <= limit;
    List<T> rows = isLast ? found : found.subList(0, limit);
    JsonArray items = new JsonArray();
    rows.forEach(row -> items.add(toJson.apply(row)));
    String next = isLast ? null : cursor(kind, place.apply(rows.get(limit - 1)));
    return new JsonObject().put("items", items).put("next", next);
  }

  private static String cursor(String kind, String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((kind + ":" + place).getBytes(StandardCharsets.UTF_8));
  }
}
