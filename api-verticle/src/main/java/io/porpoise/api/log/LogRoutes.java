package io.porpoise.api.log;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Problem;
import io.porpoise.api.instance.Found;
import io.porpoise.bus.BusException;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.cluster.MemberId;
import io.porpoise.instance.TaskInstance;
import io.porpoise.store.InstanceQueries;
import io.porpoise.time.Clock;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.rxjava3.core.http.HttpServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A log over HTTP: the bytes that are there now, in any range. Who wants to follow it, subscribes.
 */
public final class LogRoutes {
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final int RETRIES = 3;

  /** Pieces on their way from the worker while one is written to the client. */
  private static final int AHEAD = 3;

  private final InstanceQueries queries;
  private final LogSource source;
  private final Clock clock;

  public LogRoutes(InstanceQueries queries, LogSource source, Clock clock) {
    this.queries = queries;
    this.source = source;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/task-instances/{id}/log", this::log)
            .query("offset", "limit", "download"));
  }

  private Single<Answer> log(Call call) {
    ByteRange wanted = wanted(call);
    return Found.task(queries, call.id("id")).flatMap(task -> answer(call, task, wanted));
  }

  private static ByteRange wanted(Call call) {
    String range = call.request().getHeader("Range");
    boolean hasQuery = call.query("offset") != null || call.query("limit") != null;
    if (range != null && hasQuery) {
      throw Problem.bad("BAD_QUERY", "Use either offset and limit, or a Range header.");
    }
    return range != null
        ? ByteRange.ofHeader(range)
        : ByteRange.of(
            call.query("offset", 0, Long.MAX_VALUE, 0),
            call.query("limit", 1, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  private Single<Answer> answer(Call call, TaskInstance task, ByteRange wanted) {
    if (task.worker() == null) {
      return Single.just(empty(call, task, wanted, task.state().isTerminal()));
    }
    MemberId worker = holder(task);
    long from = Math.max(0, wanted.first());
    return piece(worker, task, from, 1)
        .map(
            first -> {
              if (first.found()) {
                return whole(call, worker, task, wanted.within(first.size()), first);
              }
              if (task.state().isTerminal() && task.startTime() != null) {
                throw gone("The worker " + task.worker() + " no longer has the log.");
              }
              // Not begun yet, or ended before it began.
              return empty(call, task, wanted, task.state().isTerminal());
            });
  }

  private MemberId holder(TaskInstance task) {
    return source
        .holder(task)
        .orElseThrow(
            () ->
                gone(
                    "The log lies on worker "
                        + task.worker()
                        + ", which is not in the cluster; start it again to read it."));
  }

  private static Problem gone(String detail) {
    return Problem.of(410, "LOG_GONE", detail);
  }

  private Answer empty(Call call, TaskInstance task, ByteRange wanted, boolean isComplete) {
    LogChunk nothing = new LogChunk(true, 0, 0, isComplete, new byte[0]);
    return whole(call, null, task, wanted.within(0), nothing);
  }

  private Answer whole(
      Call call, MemberId worker, TaskInstance task, ByteRange range, LogChunk first) {
    String download = call.query("download");
    boolean isDownload = download != null && !download.equals("false");
    boolean isHead = call.request().method().equals(HttpMethod.HEAD);
    return response -> {
      response
          .setStatusCode(range.isRange() ? 206 : 200)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .putHeader("Content-Length", Long.toString(range.length()))
          .putHeader("Accept-Ranges", "bytes")
          .putHeader("X-Log-Size", Long.toString(first.size()))
          .putHeader("X-Log-Complete", Boolean.toString(first.complete()));
      if (range.isRange()) {
        response.putHeader(
            "Content-Range",
            "bytes "
                + range.first()
                + "-"
                + range.last()
                + "/"
                + (first.complete() ? Long.toString(first.size()) : "*"));
      }
      if (isDownload) {
        response.putHeader("Content-Disposition", attachment(task));
      }
      return isHead || range.length() == 0
          ? response.rxEnd()
          : stream(response, worker, task, range).andThen(response.rxEnd());
    };
  }

  /** Piece by piece, a few ahead of the client, who sets the pace. */
  private Completable stream(
      HttpServerResponse response, MemberId worker, TaskInstance task, ByteRange range) {
    long pieces = (range.length() + LogSource.PIECE_MAX - 1) / LogSource.PIECE_MAX;
    return Flowable.rangeLong(0, pieces)
        .map(i -> range.first() + i * LogSource.PIECE_MAX)
        .concatMapEager(
            from -> filled(worker, task, from, until(range, from)).toFlowable(), AHEAD, 1)
        .concatMapCompletable(response::rxWrite, 1);
  }

  private static long until(ByteRange range, long from) {
    return Math.min(from + LogSource.PIECE_MAX, range.last() + 1);
  }

  /** All bytes from {@code from} to {@code until}, in as many pulls as the worker wants. */
  private Single<Buffer> filled(MemberId worker, TaskInstance task, long from, long until) {
    return piece(worker, task, from, (int) (until - from))
        .flatMap(
            chunk -> {
              if (!chunk.found() || chunk.bytes().length == 0) {
                throw gone("The log has become shorter.");
              }
              long next = from + chunk.bytes().length;
              Buffer bytes = Buffer.buffer(chunk.bytes());
              return next >= until
                  ? Single.just(bytes)
                  : filled(worker, task, next, until).map(rest -> bytes.appendBuffer(rest));
            });
  }

  private Single<LogChunk> piece(MemberId worker, TaskInstance task, long from, int bytesMax) {
    return source
        .read(worker, task, from, bytesMax, Duration.ZERO)
        .retryWhen(
            errors ->
                errors
                    .zipWith(Flowable.range(1, RETRIES + 1), (error, n) -> pauseOrFail(error, n))
                    .concatMapSingle(pause -> pause));
  }

  private Single<Long> pauseOrFail(Throwable error, int n) {
    if (!(error instanceof BusException) || n > RETRIES) {
      return Single.error(error);
    }
    return Single.create(
        emitter -> emitter.setDisposable(clock.schedule(RETRY, () -> emitter.onSuccess(0L))));
  }

  private static String attachment(TaskInstance task) {
    String name = task.name() + "-" + task.id() + ".log";
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}
