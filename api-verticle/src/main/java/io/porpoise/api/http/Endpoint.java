package io.porpoise.api.http;

import io.reactivex.rxjava3.core.Single;
import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * One thing that the server serves. An endpoint asks for a logged-in user unless it is declared
 * {@link #open()}, takes no query parameter unless it is declared, and no body unless it {@link
 * #reads} one.
 *
 * @param path as in OpenAPI: {@code /api/v1/projects/{project}}
 * @param query names of its query parameters; null: any
 * @param isKeyDurable it keeps its Idempotency-Keys itself, in the database
 * @param bodies content types that it takes; empty: it has no body
 */
public record Endpoint(
    HttpMethod method,
    String path,
    boolean isOpen,
    Set<String> query,
    Set<String> bodies,
    boolean isBodyOptional,
    boolean isKeyDurable,
    Action action) {
  public static final String JSON = "application/json";

  /** What an endpoint does. */
  @FunctionalInterface
  public interface Action {
    Single<Answer> handle(Call call);
  }

  public static Endpoint get(String path, Action action) {
    return of(HttpMethod.GET, path, action);
  }

  public static Endpoint post(String path, Action action) {
    return of(HttpMethod.POST, path, action).reads(JSON);
  }

  public static Endpoint put(String path, Action action) {
    return of(HttpMethod.PUT, path, action).reads(JSON);
  }

  public static Endpoint delete(String path, Action action) {
    return of(HttpMethod.DELETE, path, action);
  }

  private static Endpoint of(HttpMethod method, String path, Action action) {
    return new Endpoint(method, path, false, Set.of(), Set.of(), false, false, action);
  }

  /** Everybody may call it, without a login. */
  public Endpoint open() {
    return new Endpoint(method, path, true, query, bodies, isBodyOptional, isKeyDurable, action);
  }

  public Endpoint query(String... names) {
    return new Endpoint(
        method, path, isOpen, Set.of(names), bodies, isBodyOptional, isKeyDurable, action);
  }

  /** Query parameters are not looked at: for what machines outside call in their own ways. */
  public Endpoint anyQuery() {
    return new Endpoint(method, path, isOpen, null, bodies, isBodyOptional, isKeyDurable, action);
  }

  public Endpoint reads(String... contentTypes) {
    return new Endpoint(
        method, path, isOpen, query, Set.of(contentTypes), isBodyOptional, isKeyDurable, action);
  }

  /** A request without a body is like one with an empty object. */
  public Endpoint bodyOptional() {
    return new Endpoint(method, path, isOpen, query, bodies, true, isKeyDurable, action);
  }

  public Endpoint keepsItsKeys() {
    return new Endpoint(method, path, isOpen, query, bodies, isBodyOptional, true, action);
  }

  /** Whether it changes something. */
  public boolean isMutation() {
    return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
  }
}
