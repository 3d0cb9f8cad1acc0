package io.porpoise.store;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.List;

/** Projects, which own workflows. */
public interface Projects {
  /** One project. */
  record Project(long id, String name, String description, String createdBy, Instant createdAt) {}

  /** Empty when the name is taken. */
  Maybe<Project> create(String name, String description, String createdBy, Instant now);

  Maybe<Project> byName(String name);

  /** Newest first, ids below {@code before} (0: from the newest). */
  Single<List<Project>> list(long before, int limit);
}
