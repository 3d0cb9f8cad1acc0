package io.porpoise.api.auth;

import io.porpoise.api.http.Gate;
import io.porpoise.api.http.Principal;
import io.porpoise.api.http.Problem;
import io.porpoise.store.Users;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.http.HttpMethod;
import io.vertx.rxjava3.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows callers by their token, from the {@code Authorization} header or from the browser's cookie.
 * A cookie travels with requests that other sites cause; so one that changes something is believed
 * only with an {@code Origin} of this server, or with a header that other sites cannot send.
 *
 * <p>What the database said of a token is believed for a few seconds: a logout elsewhere takes so
 * long to be noticed here.
 */
public final class Sessions implements Gate {
  public static final String COOKIE = "porpoise_token";
  public static final String CSRF_HEADER = "X-Porpoise-Request";
  private static final Duration BELIEVED = Duration.ofSeconds(5);
  private static final int KNOWN_MAX = 10_000;

  private final Users users;
  private final Clock clock;
  private final Optional<String> url;
  private final Map<ByteBuffer, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  private record Known(Principal principal, long sinceNanos) {}

  /**
   * @param url how browsers reach this server when a proxy stands before it: an origin to believe
   */
  public Sessions(Users users, Clock clock, Optional<String> url) {
    this.users = users;
    this.clock = clock;
    this.url = url;
  }

  @Override
  public Single<Principal> admit(HttpServerRequest request) {
    return Single.defer(
        () -> {
          String header = request.getHeader("Authorization");
          if (header != null) {
            return byToken(bearer(header));
          }
          String cookie = cookie(request);
          if (cookie == null) {
            throw unauthorized(
                "Log in with POST /api/v1/login and send the token as a Bearer token.");
          }
          if (!isOwnPage(request)) {
            throw Problem.of(
                403,
                "CROSS_SITE_REQUEST",
                "A change by cookie needs an Origin of this server, or the header "
                    + CSRF_HEADER
                    + ".");
          }
          return byToken(cookie);
        });
  }

  /** Whether the request brings any proof of who makes it. */
  public boolean hasCredentials(HttpServerRequest request) {
    return request.getHeader("Authorization") != null || cookie(request) != null;
  }

  /** The caller of this token; fails with a problem (401) when it is unknown or has expired. */
  public Single<Principal> byToken(String token) {
    if (!Tokens.isPossible(token)) {
      return Single.error(unauthorized("The token is not valid; log in again."));
    }
    return byHash(Tokens.hash(token));
  }

  /** The same by the token's hash: whether a caller of long ago is still logged in. */
  public Single<Principal> byHash(byte[] hash) {
    ByteBuffer key = ByteBuffer.wrap(hash);
    Known before = known.get(key);
    if (before != null && clock.monotonicNanos() - before.sinceNanos() < BELIEVED.toNanos()) {
      return Single.just(before.principal());
    }
    return users
        .byToken(hash, clock.now())
        .map(user -> new Principal(user.id(), user.name(), user.isAdmin(), hash))
        .switchIfEmpty(
            Single.error(() -> unauthorized("The token is unknown or has expired; log in again.")))
        .doOnSuccess(principal -> remember(key, principal));
  }

  void forget(Principal principal) {
    known.remove(ByteBuffer.wrap(principal.tokenHash()));
  }

  private void remember(ByteBuffer key, Principal principal) {
    known.put(key, new Known(principal, clock.monotonicNanos()));
    if (known.size() > KNOWN_MAX) {
      known.remove(known.keySet().iterator().next());
    }
  }

  private static String cookie(HttpServerRequest request) {
    var cookie = request.getCookie(COOKIE);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  private static String bearer(String header) {
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw unauthorized("The Authorization header must be: Bearer, a space, the token.");
    }
    return header.substring(7).trim();
  }

  /**
   * Reading by cookie harms nobody; a WebSocket is no reading, for its answers can be read across
   * sites.
   */
  private boolean isOwnPage(HttpServerRequest request) {
    boolean isSocket = request.getHeader("Upgrade") != null;
    boolean isRead =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (isRead && !isSocket) {
      return true;
    }
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return request.getHeader(CSRF_HEADER) != null;
    }
    String host = request.getHeader("Host");
    return origin.equals("http://" + host)
        || origin.equals("https://" + host)
        || url.filter(own -> own.equals(origin) || own.startsWith(origin + "/")).isPresent();
  }

  private static Problem unauthorized(String detail) {
    return Problem.of(401, "UNAUTHORIZED", detail).withHeader("WWW-Authenticate", "Bearer");
  }
}
