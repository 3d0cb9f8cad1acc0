package io.porpoise.api.http;

import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.core.http.HttpServerRequest;

/** Decides who a caller is. */
@FunctionalInterface
public interface Gate {
  /** Fails with a {@link Problem} (401 or 403) when the caller is nobody. */
  Single<Principal> admit(HttpServerRequest request);
}
