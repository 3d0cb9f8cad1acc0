package io.porpoise.store.sql;

import io.porpoise.definition.document.CanonicalJson;
import io.porpoise.definition.document.WorkflowDocument;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;

/** Documents of workflow_version, read where they hold up nobody. */
final class StoredDefinitions {
  /** From this size on they are parsed beside the event loop. */
  private static final int SMALL_DOCUMENT_BYTES_MAX = 16 * 1024;

  private StoredDefinitions() {}

  static Single<WorkflowDocument> read(Database database, Buffer document) {
    return document.length() <= SMALL_DOCUMENT_BYTES_MAX
        ? Single.fromCallable(() -> read(document))
        : database.vertx().rxExecuteBlocking(() -> read(document), false).toSingle();
  }

  private static WorkflowDocument read(Buffer document) {
    return CanonicalJson.read(Documents.text(document));
  }
}
