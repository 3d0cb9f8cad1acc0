package io.porpoise.api.workflow;

import io.porpoise.api.http.Problem;
import io.porpoise.definition.document.CanonicalJson;
import io.porpoise.definition.document.DocumentError;
import io.porpoise.definition.document.DocumentReader;
import io.porpoise.definition.document.ReadResult;
import io.porpoise.definition.document.TaskTypes;
import io.porpoise.definition.document.WorkflowDocument;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.WorkerExecutor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads and writes documents on threads of their own, for large ones would hold up the event loop.
 */
public final class Documents {
  private static final int THREADS = 2;
  private static final int WAITING_MAX = 200;

  private final Threads threads;
  private final AtomicInteger waiting = new AtomicInteger();

  /** Where documents are worked on. */
  public interface Threads {
    <T> Single<T> run(Callable<T> work);
  }

  public Documents(Threads threads) {
    this.threads = threads;
  }

  public static Documents on(Vertx vertx) {
    WorkerExecutor executor = vertx.createSharedWorkerExecutor("porpoise-documents", THREADS);
    return new Documents(
        new Threads() {
          @Override
          public <T> Single<T> run(Callable<T> work) {
            return executor.rxExecuteBlocking(work, false).toSingle();
          }
        });
  }

  /**
   * Reads what a user sent for a workflow of this name in a project; emits what is wrong as well.
   */
  Single<ReadResult> read(Buffer body, String project, String name) {
    return offLoop(() -> checked(body, project, name));
  }

  private static ReadResult checked(Buffer body, String project, String name) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
    } catch (CharacterCodingException e) {
      return ReadResult.wrong(List.of(new DocumentError(0, 0, "", "not valid UTF-8")));
    }
    ReadResult result = DocumentReader.read(text, TaskTypes.standard(), project);
    if (!result.isValid() || result.document().definition().name().equals(name)) {
      return result;
    }
    List<DocumentError> errors = new ArrayList<>(result.errors());
    errors.add(
        new DocumentError(
            0,
            0,
            "workflow.name",
            "the file names the workflow '"
                + result.document().definition().name()
                + "', the address '"
                + name
                + "'; they must be the same"));
    return ReadResult.wrong(errors);
  }

  Single<String> canonical(WorkflowDocument document) {
    return offLoop(() -> CanonicalJson.write(document));
  }

  /** What was stored. */
  public Single<WorkflowDocument> stored(String canonicalJson) {
    return offLoop(() -> CanonicalJson.read(canonicalJson));
  }

  /** Anything that takes its time with documents. */
  public <T> Single<T> offLoop(Callable<T> work) {
    return Single.defer(
        () -> {
          if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            throw Problem.of(503, "BUSY", "Too many large documents are in work; try again.")
                .withHeader("Retry-After", "1");
          }
          return threads.run(work).doFinally(waiting::decrementAndGet);
        });
  }
}
