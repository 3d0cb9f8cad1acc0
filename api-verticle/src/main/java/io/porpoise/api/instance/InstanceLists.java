package io.porpoise.api.instance;

import io.porpoise.api.http.Page;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.InstanceQueries.Filter;
import io.porpoise.store.InstanceQueries.InstanceView;
import io.porpoise.store.InstanceQueries.Position;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Rows of instances with their reasons, in pages or by themselves. */
public final class InstanceLists {
  static final String CURSOR = "instances";

  private final InstanceQueries queries;
  private final Reasons reasons;
  private final InstanceJson json;

  /** An instance, and what is shown of it. */
  public record Row(InstanceView view, JsonObject json) {}

  public InstanceLists(InstanceQueries queries, Reasons reasons, InstanceJson json) {
    this.queries = queries;
    this.reasons = reasons;
    this.json = json;
  }

  /** The page that begins behind this filter's position. */
  public Single<JsonObject> page(Filter filter) {
    Filter oneMore =
        new Filter(
            filter.project(),
            filter.workflow(),
            filter.state(),
            filter.from(),
            filter.to(),
            filter.before(),
            filter.limit() + 1);
    return queries
        .list(oneMore)
        .flatMap(this::rows)
        .map(
            rows ->
                Page.of(rows, filter.limit(), CURSOR, row -> place(row.view()), row -> row.json()));
  }

  /** These instances as they are now; those that do not exist are left out. */
  public Single<List<Row>> rows(Collection<WorkflowInstanceId> ids) {
    return queries.find(ids).flatMap(this::rows);
  }

  private Single<List<Row>> rows(List<InstanceView> views) {
    return reasons
        .live(views.stream().map(InstanceView::instance).toList())
        .map(live -> views.stream().map(v -> new Row(v, json.instance(v, live))).toList());
  }

  /** Where a cursor of this list points, or null for its beginning. */
  static Position position(String place) {
    if (place == null) {
      return null;
    }
    if (!place.matches("[0-9]{1,12}\\.[0-9]{1,9}\\.[0-9]{1,18}")) {
      throw Page.badCursor();
    }
    long[] parts = Arrays.stream(place.split("\\.")).mapToLong(Long::parseLong).toArray();
    return new Position(
        Instant.ofEpochSecond(parts[0], parts[1]), new WorkflowInstanceId(parts[2]));
  }

  private static String place(InstanceView view) {
    Instant at = view.instance().createdAt();
    return at.getEpochSecond() + "." + at.getNano() + "." + view.instance().id();
  }
}
