package io.porpoise.api.overview;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Endpoint;
import java.util.List;

/** The route of the overview. */
public final class OverviewRoutes {
  private final OverviewReader reader;

  public OverviewRoutes(OverviewReader reader) {
    this.reader = reader;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/api/v1/overview", call -> reader.read().map(json -> Answer.json(200, json))));
  }
}
