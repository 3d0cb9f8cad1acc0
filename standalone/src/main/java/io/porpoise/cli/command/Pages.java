package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.Fields;
import java.util.ArrayList;
import java.util.List;

/** Lists that come in pages. */
final class Pages {
  /** Nobody reads more in a terminal. */
  static final int ITEMS_MAX = 10_000;

  private Pages() {}

  /** The items of all pages, up to a bound. */
  static List<JsonNode> all(ApiClient api, String path) {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          api.get(
              path
                  + "?limit=100"
                  + (cursor.isEmpty() ? "" : "&cursor=" + ApiClient.encode(cursor)));
      page.path("items").forEach(items::add);
      cursor = Fields.text(page, "next");
    } while (!cursor.isEmpty() && items.size() < ITEMS_MAX);
    return items;
  }
}
