package io.porpoise.store.sql;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.Batch.Alert;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.Journal;
import io.porpoise.store.Overviews;
import io.porpoise.store.Projects;
import io.porpoise.store.Retention;
import io.porpoise.store.RunStore;
import io.porpoise.store.SerialQueue;
import io.porpoise.store.SlotStore;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Users;
import io.porpoise.store.WorkflowCatalog;
import io.porpoise.store.Workflows;
import io.porpoise.store.contract.StoreStage;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.sqlclient.Row;
import io.vertx.rxjava3.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The stores over a database of the real MariaDB, migrated once, emptied before every test. */
final class SqlStage implements StoreStage {
  private static final long PATIENCE_SECONDS = 60;

  private static SqlStage shared;

  private final SqlConfig config;
  private final SqlStores stores;
  private final Database database;

  private SqlStage() {
    Vertx vertx = RealDatabase.get().vertx();
    config = RealDatabase.get().create();
    int applied = await(new SqlMigrations(vertx, config).migrate());
    assert applied > 0;
    stores = new SqlStores(vertx, config);
    database = new Database(vertx, config);
  }

  /** The one of this JVM, emptied. */
  static synchronized SqlStage emptied() {
    if (shared == null) {
      shared = new SqlStage();
    }
    for (String table :
        new String[] {
          "workflow_instance",
          "task_instance",
          "task_payload",
          "history",
          "command",
          "journal",
          "serial_queue",
          "task_group",
          "task_group_queue",
          "alert",
          "idempotency",
          "workflow",
          "workflow_version",
          "workflow_layout",
          "task_code",
          "project",
          "users",
          "token"
        }) {
      shared.run(shared.database.text("DELETE FROM " + table));
    }
    shared.run(shared.database.text("UPDATE slot SET owner = NULL, incarnation = 0, epoch = 0"));
    return shared;
  }

  SqlConfig config() {
    return config;
  }

  Database database() {
    return database;
  }

  @CanIgnoreReturnValue
  RowSet<Row> sql(String statement) {
    return await(database.text(statement));
  }

  @Override
  public SlotStore slots() {
    return stores.slots();
  }

  @Override
  public Journal journal() {
    return stores.journal();
  }

  @Override
  public RunStore runs() {
    return stores.runs();
  }

  @Override
  public IdBlocks ids() {
    return stores.ids();
  }

  @Override
  public Retention retention() {
    return stores.retention();
  }

  @Override
  public InstanceIntake intake() {
    return stores.intake();
  }

  @Override
  public SerialQueue serialQueue() {
    return stores.serialQueue();
  }

  @Override
  public TaskGroups taskGroups() {
    return stores.taskGroups();
  }

  @Override
  public List<Alert> alerts(WorkflowInstanceId id) {
    List<Alert> alerts = new ArrayList<>();
    for (Row row :
        sql(
            "SELECT kind, round, task_instance_id, content FROM alert WHERE state = 0"
                + " AND due_at = created_at AND due_at <= "
                + Times.NOW
                + " AND workflow_instance_id = "
                + id.value()
                + " ORDER BY id")) {
      long task = row.getLong(2);
      alerts.add(
          new Alert(
              Alert.Kind.valueOf(row.getString(0)),
              row.getInteger(1),
              task == 0 ? null : new TaskInstanceId(task),
              Documents.strings(row.getBuffer(3)).get("text")));
    }
    return alerts;
  }

  @Override
  public Users users() {
    return stores.users();
  }

  @Override
  public Projects projects() {
    return stores.projects();
  }

  @Override
  public Workflows workflows() {
    return stores.workflows();
  }

  WorkflowCatalog catalog() {
    return stores.catalog();
  }

  Overviews overviews() {
    return stores.overviews();
  }

  @Override
  public InstanceQueries queries() {
    return stores.queries();
  }

  @Override
  public <T> T await(Single<T> work) {
    try {
      return work.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
