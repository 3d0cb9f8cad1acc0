package io.porpoise.api.auth;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Fields;
import io.porpoise.api.http.Patience;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.store.Users;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Log in, log out, and who am I. */
public final class LoginRoutes {
  private static final int PASSWORD_LENGTH_MAX = 1_000;

  private final Users users;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Clock clock;
  private final Duration lifetime;
  private final Patience patience;
  private final LoginBrake brake = new LoginBrake();

  public LoginRoutes(
      Users users, Passwords passwords, Sessions sessions, Clock clock, Duration lifetime) {
    this.users = users;
    this.passwords = passwords;
    this.sessions = sessions;
    this.clock = clock;
    this.lifetime = lifetime;
    this.patience = new Patience(clock);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/login", this::login).open(),
        Endpoint.post("/api/v1/logout", this::logout).bodyOptional(),
        Endpoint.get("/api/v1/me", this::me));
  }

  private Single<Answer> login(Call call) {
    Fields fields = call.fields(Set.of("user", "password"));
    String name = fields.text("user", 1, 100);
    String password = fields.text("password", 1, PASSWORD_LENGTH_MAX);
    String address = call.request().remoteAddress().hostAddress();
    LoginBrake.Verdict verdict = brake.begin(name, address, clock.monotonicNanos());
    if (verdict.isRefused()) {
      throw Problem.of(
              429, "TOO_MANY_FAILED_LOGINS", "Too many failed log-ins; wait before the next one.")
          .withHeader("Retry-After", Long.toString(verdict.pause().toSeconds() + 1));
    }
    boolean isSecure = call.request().isSSL();
    return pause(verdict.pause())
        .andThen(patience.with(Single.defer(() -> checked(name, password))))
        .doOnSuccess(user -> brake.ended(name, address, true, clock.monotonicNanos()))
        .doOnError(error -> failed(name, address, error))
        .flatMap(user -> patience.with(issue(user, isSecure)));
  }

  private void failed(String name, String address, Throwable error) {
    if (error instanceof Problem problem && problem.status() == 401) {
      brake.ended(name, address, false, clock.monotonicNanos());
    } else {
      brake.cancelled(name, address, clock.monotonicNanos());
    }
  }

  private Completable pause(Duration wait) {
    return wait.isZero()
        ? Completable.complete()
        : Completable.create(
            emitter -> emitter.setDisposable(clock.schedule(wait, emitter::onComplete)));
  }

  private Single<Users.User> checked(String name, String password) {
    return users
        .byName(name)
        .flatMapSingle(
            user ->
                passwords
                    .matches(user.passwordHash(), password)
                    .map(isRight -> new Checked(user, isRight)))
        .switchIfEmpty(
            Single.defer(
                () -> passwords.matchesNobody(password).map(no -> new Checked(null, false))))
        .map(
            checked -> {
              if (!checked.isRight()) {
                throw Problem.of(401, "WRONG_PASSWORD", "The user or the password is wrong.")
                    .withHeader("WWW-Authenticate", "Bearer");
              }
              return checked.user();
            });
  }

  private record Checked(Users.User user, boolean isRight) {}

  private Single<Answer> issue(Users.User user, boolean isSecure) {
    String token = Tokens.fresh();
    Instant expires = clock.now().plus(lifetime);
    JsonObject body =
        new JsonObject()
            .put("token", token)
            .put("expires", Texts.time(expires))
            .put("user", user.name());
    return users
        .saveToken(Tokens.hash(token), user.id(), expires)
        .toSingle(
            () ->
                Answer.json(200, body)
                    .with("Set-Cookie", cookie(token, lifetime.toSeconds(), isSecure)));
  }

  private Single<Answer> logout(Call call) {
    call.fields(Set.of());
    sessions.forget(call.user());
    boolean isSecure = call.request().isSSL();
    return users
        .deleteToken(call.user().tokenHash())
        .toSingle(() -> Answer.empty().with("Set-Cookie", cookie("", 0, isSecure)));
  }

  private Single<Answer> me(Call call) {
    return Single.just(
        Answer.json(
            200,
            new JsonObject()
                .put("user", call.user().name())
                .put("isAdmin", call.user().isAdmin())));
  }

  private static String cookie(String token, long seconds, boolean isSecure) {
    return Sessions.COOKIE
        + "="
        + token
        + "; Path=/; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict"
        + (isSecure ? "; Secure" : "");
  }
}
