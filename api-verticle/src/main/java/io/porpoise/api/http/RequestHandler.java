package io.porpoise.api.http;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.rxjava3.core.http.HttpServerRequest;
import io.vertx.rxjava3.core.http.HttpServerResponse;
import io.vertx.rxjava3.ext.web.RoutingContext;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Leads one request through: who calls, is it well formed, what is the answer; and writes problems.
 */
public final class RequestHandler {
  private static final int IN_WORK_MAX = 500;
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Gate gate;
  private final Clock clock;
  private final long bodyBytesMax;
  private final BooleanSupplier isDatabaseThere;
  private final RequestCount count;
  private final Patience patience;
  private final RecentAnswers recent;
  private final CompositeDisposable subscriptions = new CompositeDisposable();
  private int inWork;

  /**
   * @param isDatabaseThere as far as is known already; while it is not, nobody waits to find out
   */
  public RequestHandler(
      Gate gate,
      Clock clock,
      long bodyBytesMax,
      BooleanSupplier isDatabaseThere,
      RequestCount count) {
    this.gate = gate;
    this.clock = clock;
    this.bodyBytesMax = bodyBytesMax;
    this.isDatabaseThere = isDatabaseThere;
    this.count = count;
    this.patience = new Patience(clock);
    this.recent = new RecentAnswers(clock);
  }

  /** Headers that every answer carries, set before anything can go wrong. */
  void prepare(RoutingContext context) {
    context
        .response()
        .putHeader("Date", RFC_1123_DATE_TIME.format(clock.now().atOffset(ZoneOffset.UTC)))
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'");
    context.next();
  }

  void handle(RoutingContext context, Endpoint endpoint) {
    // Who calls may take a question to the database; until then not a byte of the body is read.
    context.request().pause();
    long began = clock.monotonicNanos();
    Disposable work =
        answer(context, endpoint)
            .onErrorReturn(error -> Answer.problem(Problems.of(error, name(endpoint))))
            .flatMap(answer -> answer.write(context.response()).toSingleDefault(answer))
            .doFinally(
                () -> count.answered(endpoint, context.response().getStatusCode(), nanos(began)))
            .subscribe(
                answer -> finish(context, answer),
                error -> breakOff(context, endpoint, error),
                subscriptions);
    if (!endpoint.isMutation() && !context.response().ended()) {
      // A reader who has gone needs no answer; what changes something is carried through.
      context.response().closeHandler(gone -> work.dispose());
    }
  }

  private Single<Answer> answer(RoutingContext context, Endpoint endpoint) {
    if (endpoint.isOpen()) {
      return worked(context, endpoint);
    }
    if (!isDatabaseThere.getAsBoolean()) {
      return Single.error(Problems.databaseAway("nothing was changed"));
    }
    if (inWork >= IN_WORK_MAX) {
      return Single.error(
          Problem.of(
                  503,
                  "OVERLOADED",
                  "This node works on "
                      + IN_WORK_MAX
                      + " requests already; nothing was changed. Try again, or at another node.")
              .withHeader("Retry-After", "1"));
    }
    inWork++;
    return worked(context, endpoint).doFinally(() -> inWork--);
  }

  private Single<Answer> worked(RoutingContext context, Endpoint endpoint) {
    return admit(context.request(), endpoint)
        .flatMap(principal -> call(context, endpoint, principal))
        .flatMap(call -> inTime(endpoint, handled(endpoint, call)));
  }

  private long nanos(long began) {
    return clock.monotonicNanos() - began;
  }

  void refuse(RoutingContext context, Problem problem) {
    context.request().pause();
    Answer answer = Answer.problem(problem);
    answer
        .write(context.response())
        .subscribe(() -> finish(context, answer), error -> close(context.request()), subscriptions);
  }

  /** Requests that are no HTTP that the server takes. */
  public void refuseInvalid(HttpServerRequest request, Problem problem) {
    Answer.problem(problem.withHeader("Connection", "close"))
        .write(request.response())
        .subscribe(() -> close(request), error -> close(request), subscriptions);
  }

  public void stop() {
    subscriptions.dispose();
  }

  private Single<Entered> admit(HttpServerRequest request, Endpoint endpoint) {
    return endpoint.isOpen()
        ? Single.just(new Entered(null))
        : inTime(endpoint, gate.admit(request)).map(Entered::new);
  }

  private Single<Answer> handled(Endpoint endpoint, Call call) {
    Single<Answer> work = Single.defer(() -> endpoint.action().handle(call));
    String key = call.idempotencyKey();
    return key == null || !endpoint.isMutation() || endpoint.isOpen() || endpoint.isKeyDurable()
        ? work
        : recent.once(
            call.user(), key, endpoint.method() + " " + call.request().uri(), call.body(), work);
  }

  /** Open endpoints ask no database, but for the log-in, which waits on purpose. */
  private <T> Single<T> inTime(Endpoint endpoint, Single<T> work) {
    return endpoint.isOpen() ? work : patience.with(work);
  }

  /** Rx knows no null: an open endpoint has no principal. */
  private record Entered(Principal principal) {}

  private Single<Call> call(RoutingContext context, Endpoint endpoint, Entered entered) {
    checkQuery(context, endpoint);
    checkIdempotencyKey(context.request(), endpoint);
    return Bodies.read(context.request(), endpoint, bodyBytesMax)
        .map(body -> new Call(context, endpoint, entered.principal(), body));
  }

  private static void checkQuery(RoutingContext context, Endpoint endpoint) {
    if (endpoint.query() == null) {
      return;
    }
    List<String> names = new ArrayList<>(context.queryParams().names());
    names.removeAll(endpoint.query());
    if (!names.isEmpty()) {
      String name = names.get(0);
      throw Problem.bad(
          "UNKNOWN_QUERY_PARAMETER",
          "Unknown query parameter '"
              + Texts.shown(name)
              + "'."
              + Texts.hint(name, endpoint.query()));
    }
  }

  private static void checkIdempotencyKey(HttpServerRequest request, Endpoint endpoint) {
    String key = request.getHeader("Idempotency-Key");
    if (key != null && endpoint.isMutation() && !key.matches("[\\x21-\\x7e]{1,128}")) {
      throw Problem.bad(
          "BAD_IDEMPOTENCY_KEY",
          "An Idempotency-Key has 1 to 128 visible ASCII characters without spaces.");
    }
  }

  /** What remains of the request's body is read and forgotten, but not for long. */
  private void finish(RoutingContext context, Answer answer) {
    HttpServerRequest request = context.request();
    if (answer == Answer.TAKEN_OVER || request.isEnded()) {
      return;
    }
    HttpServerResponse response = context.response();
    boolean isClosing = "close".equals(response.headers().get(HttpHeaders.CONNECTION));
    CompositeDisposable lingering = new CompositeDisposable();
    request.exceptionHandler(error -> lingering.dispose());
    request.endHandler(
        end -> {
          lingering.dispose();
          if (isClosing) {
            close(request);
          }
        });
    request.handler(part -> {});
    request.resume();
    if (!request.isEnded()) {
      clock.schedule(LINGER, () -> close(request), lingering);
    }
  }

  /** The answer could not be written whole: the connection's end tells it to the client. */
  private void breakOff(RoutingContext context, Endpoint endpoint, Throwable error) {
    HttpServerResponse response = context.response();
    if (!response.headWritten() && !response.closed()) {
      Problem problem = Problems.of(error, name(endpoint));
      List.copyOf(response.headers().names()).stream()
          .filter(header -> header.toLowerCase(java.util.Locale.ROOT).startsWith("content-"))
          .forEach(response.headers()::remove);
      refuse(context, problem);
    } else {
      close(context.request());
    }
  }

  private void close(HttpServerRequest request) {
    request.connection().rxClose().subscribe(() -> {}, error -> {}, subscriptions);
  }

  private static String name(Endpoint endpoint) {
    return endpoint.method() + " " + endpoint.path();
  }
}
