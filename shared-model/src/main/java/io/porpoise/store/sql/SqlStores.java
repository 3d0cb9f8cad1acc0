package io.porpoise.store.sql;

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
import io.reactivex.rxjava3.core.Completable;
import io.vertx.rxjava3.core.Vertx;

/**
 * All stores over one pool. Connections are opened when they are first needed, so that making the
 * stores cannot fail; {@link SqlMigrations} must have run before they are used.
 */
public final class SqlStores {
  private final Database database;
  private final SqlJournal journal;

  public SqlStores(Vertx vertx, SqlConfig config) {
    database = new Database(vertx, config);
    journal = new SqlJournal(database);
  }

  public SlotStore slots() {
    return new SqlSlotStore(database);
  }

  public IdBlocks ids() {
    return new SqlIdBlocks(database);
  }

  public Journal journal() {
    return journal;
  }

  public RunStore runs() {
    return new SqlRunStore(database);
  }

  public Retention retention() {
    return new SqlRetention(database);
  }

  public InstanceIntake intake() {
    return new SqlInstanceIntake(database);
  }

  public SerialQueue serialQueue() {
    return new SqlSerialQueue(database);
  }

  public TaskGroups taskGroups() {
    return new SqlTaskGroups(database);
  }

  public Users users() {
    return new SqlUsers(database);
  }

  public Projects projects() {
    return new SqlProjects(database);
  }

  public Workflows workflows() {
    return new SqlWorkflows(database);
  }

  public WorkflowCatalog catalog() {
    return new SqlWorkflowCatalog(database);
  }

  public Overviews overviews() {
    return new SqlOverviews(database);
  }

  public InstanceQueries queries() {
    return new SqlInstanceQueries(database);
  }

  /** One round trip to the database, for health checks. */
  public Completable ping() {
    return database.text("SELECT 1").ignoreElement();
  }

  public Completable close() {
    return journal.close().andThen(database.close());
  }
}
