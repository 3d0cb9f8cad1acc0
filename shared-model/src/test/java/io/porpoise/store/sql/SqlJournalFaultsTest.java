package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.HistoryEntry;
import io.porpoise.store.Batch.InstanceChange;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.Journal;
import io.porpoise.store.Journal.Committed;
import io.porpoise.store.SlotStore.SlotRow;
import io.porpoise.store.StoreUnavailable;
import io.porpoise.store.sql.CutLine.Cut;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.mysqlclient.MySQLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The journal on a real database, while lines are cut, locks held and sessions killed. */
class SqlJournalFaultsTest {
  private static final NodeId M1 = new NodeId("m1");
  private static final long INCARNATION = 7;
  private static final WorkflowInstanceId ONE = new WorkflowInstanceId(1);
  private static final WorkflowInstanceId TWO = new WorkflowInstanceId(2);

  /** As a query of its own: its code, then the text; READ COMMITTED is another one. */
  private static final String COMMIT = "\u0003COMMIT";

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final SqlStage stage = SqlStage.emptied();
  private final CutLine line = new CutLine(RealDatabase.get().port());
  private final SqlStores stores = stores(Duration.ofSeconds(30));
  private final Journal journal = stores.journal();
  private final List<MySQLConnection> rivals = new ArrayList<>();
  private Map<Integer, Long> epochs;

  /** Over the line. */
  private SqlStores stores(Duration statementTimeout) {
    SqlConfig direct = stage.config();
    return new SqlStores(
        RealDatabase.get().vertx(),
        new SqlConfig(
            direct.uri().replaceFirst(":\\d+/", ":" + line.port() + "/"),
            direct.user(),
            direct.password(),
            4,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            statementTimeout));
  }

  @BeforeEach
  void m1_owns_all_slots_and_two_instances_wait() {
    List<SlotRow> owned =
        stage.await(
            stage.slots().all().flatMap(free -> stage.slots().claim(M1, INCARNATION, free)));
    epochs = owned.stream().collect(Collectors.toMap(SlotRow::slot, SlotRow::epoch));
    for (WorkflowInstanceId id : List.of(ONE, TWO)) {
      stage.run(
          stage
              .intake()
              .start(
                  new Start(
                      id,
                      1,
                      1,
                      1,
                      ExecutionType.PARALLEL,
                      StartOptions.NONE,
                      null,
                      1,
                      "admin",
                      null,
                      NOON)));
    }
    assertThat(commit(batch(1))).isEqualTo(new Committed());
  }

  @AfterEach
  void hang_up() {
    rivals.forEach(rival -> stage.run(rival.rxClose()));
    stage.run(stores.close());
    line.close();
  }

  private Journal.Outcome commit(Batch batch) {
    return stage.await(journal.commit(batch));
  }

  private long lastSeq() {
    return stage.await(stage.journal().lastSeq(M1, INCARNATION, 0));
  }

  private Batch batch(long seq, InstanceChange... changes) {
    Map<Integer, Long> guards =
        List.of(changes).stream()
            .map(c -> c.id().slot())
            .distinct()
            .collect(Collectors.toMap(slot -> slot, epochs::get));
    return new Batch(M1, INCARNATION, 0, seq, guards, List.of(changes));
  }

  private static InstanceChange running(WorkflowInstanceId id) {
    WorkflowInstance row =
        WorkflowInstance.submitted(id, 1, 1, 1, StartOptions.NONE, "admin", NOON).started(NOON);
    return new InstanceChange(
        id,
        row,
        List.of(),
        List.of(new HistoryEntry(NOON, null, 0, "SUBMITTED", "RUNNING", "Started", "m1")),
        List.of(),
        List.of(),
        List.of());
  }

  private WorkflowState state(WorkflowInstanceId id) {
    return stage.await(stage.runs().load(List.of(id))).get(0).instance().state();
  }

  private long count(String fromWhere) {
    return stage.sql("SELECT COUNT(*) FROM " + fromWhere).iterator().next().getLong(0);
  }

  private void assertUnavailable(Batch batch) {
    assertThatThrownBy(() -> commit(batch)).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_commit_whose_reply_is_lost_is_found_by_its_number() {
    line.cutAt(COMMIT, Cut.BEFORE_ITS_ANSWER);

    assertUnavailable(batch(2, running(ONE)));

    assertThat(lastSeq()).isEqualTo(2);
    assertThat(state(ONE)).isEqualTo(WorkflowState.RUNNING);
    assertThat(commit(batch(3, running(TWO)))).isEqualTo(new Committed());
  }

  @Test
  void a_commit_that_never_arrives_leaves_nothing_and_the_batch_goes_through_when_repeated() {
    line.cutAt(COMMIT, Cut.BEFORE_IT_ARRIVES);

    assertUnavailable(batch(2, running(ONE)));

    assertThat(lastSeq()).isEqualTo(1);
    assertThat(state(ONE)).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(commit(batch(2, running(ONE)))).isEqualTo(new Committed());
    assertThat(count("history")).isEqualTo(1);
  }

  @Test
  @Timeout(15) // and not the 30 s that a statement may take
  void a_connection_that_breaks_off_under_a_batch_is_noticed_at_once() {
    for (long seq = 2; seq < 12; seq++) {
      line.cutAt("LOCK IN SHARE MODE", Cut.BEFORE_IT_ARRIVES);
      assertUnavailable(batch(seq, running(ONE), running(TWO)));
      assertThat(commit(batch(seq, running(ONE), running(TWO)))).isEqualTo(new Committed());
    }
  }

  @Test
  void a_line_that_falls_silent_is_given_up_in_time_and_its_locks_are_freed() {
    SqlStores impatient = stores(Duration.ofSeconds(3));
    line.cutAt(COMMIT, Cut.SILENCE);

    assertThatThrownBy(() -> stage.await(impatient.journal().commit(batch(2, running(ONE)))))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("did not answer within 3000 ms");

    assertThat(lastSeq()).isEqualTo(1);
    assertThat(stage.await(impatient.journal().commit(batch(2, running(ONE)))))
        .isEqualTo(new Committed());
    stage.run(impatient.close());
  }

  @Test
  void a_session_that_was_killed_while_idle_costs_one_try_at_most() {
    String database = stage.config().uri().replaceFirst(".*/", "");
    List<Long> sessions =
        stage
            .sql(
                "SELECT id FROM information_schema.processlist WHERE db = '"
                    + database
                    + "' AND id <> CONNECTION_ID()")
            .stream()
            .map(row -> row.getLong(0))
            .toList();
    sessions.forEach(id -> RealDatabase.get().administer("KILL CONNECTION " + id));

    Journal.Outcome outcome =
        stage.await(
            journal.commit(batch(2, running(ONE))).retry(1, StoreUnavailable.class::isInstance));

    assertThat(outcome).isEqualTo(new Committed());
  }

  @Test
  void a_deadlock_in_the_middle_of_a_batch_leaves_nothing_of_what_was_sent_behind_it() {
    Session rival = session();
    // InnoDB gives up the transaction that has changed less.
    stage.run(rival.text("UPDATE slot_ballast SET n = n + 1"));
    stage.run(rival.text("UPDATE workflow_instance SET run_times = 9 WHERE id = 2"));
    CompletableFuture<Object> batch = start(journal.commit(batch(2, running(ONE), running(TWO))));
    untilSomebodyWaits();

    stage.run(rival.text("UPDATE workflow_instance SET run_times = 9 WHERE id = 1"));

    assertThat(batch.join()).isInstanceOf(StoreUnavailable.class);
    stage.run(rival.rollback());
    assertThat(lastSeq()).isEqualTo(1);
    assertThat(count("history")).isZero();
    assertThat(state(ONE)).isEqualTo(WorkflowState.SUBMITTED);
    assertThat(commit(batch(2, running(ONE), running(TWO)))).isEqualTo(new Committed());
  }

  @Test
  void a_row_that_stays_locked_makes_the_batch_fail_as_a_whole() {
    Session rival = session();
    stage.run(rival.text("UPDATE workflow_instance SET run_times = 9 WHERE id = 2"));

    SqlStores impatient = stores(Duration.ofSeconds(4));

    assertThatThrownBy(
            () -> stage.await(impatient.journal().commit(batch(2, running(ONE), running(TWO)))))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("1205");

    stage.run(rival.rollback());
    stage.run(impatient.close());
    assertThat(lastSeq()).isEqualTo(1);
    assertThat(state(ONE)).isEqualTo(WorkflowState.SUBMITTED);
  }

  @Test
  void a_claim_waits_for_a_batch_in_flight() {
    Session owner = session();
    stage.run(
        owner.text("SELECT epoch FROM slot WHERE slot = " + ONE.slot() + " LOCK IN SHARE MODE"));
    SlotRow row = new SlotRow(ONE.slot(), M1, INCARNATION, 1);
    CompletableFuture<Object> claim = start(stage.slots().claim(new NodeId("m2"), 1, List.of(row)));
    untilSomebodyWaits();
    assertThat(claim).isNotDone();

    stage.run(owner.commit());

    assertThat(claim.join()).isEqualTo(List.of(new SlotRow(ONE.slot(), new NodeId("m2"), 1, 2)));
  }

  @Test
  void a_shard_has_one_batch_in_flight() {
    Session rival = session();
    stage.run(rival.text("UPDATE workflow_instance SET run_times = 9 WHERE id = 1"));
    CompletableFuture<Object> first = start(journal.commit(batch(2, running(ONE))));

    assertThatThrownBy(() -> commit(batch(3, running(TWO))))
        .isInstanceOf(IllegalStateException.class);

    stage.run(rival.rollback());
    assertThat(first.join()).isEqualTo(new Committed());
  }

  private Session session() {
    stage.run(
        stage.database().text("CREATE TABLE IF NOT EXISTS slot_ballast (n INT) ENGINE = InnoDB"));
    stage.run(stage.database().text("INSERT INTO slot_ballast SELECT slot FROM slot"));
    MySQLConnection rival =
        stage.await(new Connector(RealDatabase.get().vertx(), stage.config()).connect());
    rivals.add(rival);
    Session session = new Session(rival);
    stage.run(session.begin());
    return session;
  }

  private static CompletableFuture<Object> start(Single<?> work) {
    return work.cast(Object.class)
        .toCompletionStage()
        .toCompletableFuture()
        .exceptionally(
            e -> e instanceof java.util.concurrent.CompletionException c ? c.getCause() : e);
  }

  private static void untilSomebodyWaits() {
    RealDatabase.get()
        .await(
            "SELECT CAST(variable_value AS SIGNED) FROM information_schema.global_status"
                + " WHERE variable_name = 'Innodb_row_lock_current_waits'");
  }
}
