package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.StoreUnavailable;
import io.porpoise.store.sql.CutLine.Cut;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stores' pool, while its connections die in all sorts of ways. */
class SqlOutageTest {
  private static final int CONNECTIONS = 4;

  private final SqlStage stage = SqlStage.emptied();
  private final CutLine line = new CutLine(RealDatabase.get().port());
  private final SqlStores stores = stores(CONNECTIONS);

  private SqlStores stores(int connections) {
    return stores(connections, Duration.ofSeconds(2));
  }

  private SqlStores stores(int connections, Duration statementTimeout) {
    SqlConfig direct = stage.config();
    return new SqlStores(
        RealDatabase.get().vertx(),
        new SqlConfig(
            direct.uri().replaceFirst(":\\d+/", ":" + line.port() + "/"),
            direct.user(),
            direct.password(),
            connections,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            statementTimeout));
  }

  @AfterEach
  void hang_up() {
    stage.run(stores.close());
    line.close();
  }

  @Test
  void reads_do_not_notice_that_all_sessions_were_killed_while_they_lay_idle() {
    for (int round = 0; round < 20; round++) {
      readAtOnce(stores, CONNECTIONS);
      killSessions();
      readAtOnce(stores, CONNECTIONS);
    }
  }

  @Test
  void a_read_whose_connection_breaks_off_is_sent_again() {
    readAtOnce(stores, 1);
    line.cutAt("FROM project", Cut.BEFORE_ITS_ANSWER);

    assertThat(stage.await(stores.projects().list(0, 10))).isEmpty();
  }

  @Test
  void a_change_whose_connection_breaks_off_is_not_sent_again() {
    readAtOnce(stores, 1);
    line.cutAt("UPDATE id_block", Cut.BEFORE_ITS_ANSWER);

    assertThatThrownBy(
            () ->
                stage.await(
                    stores.ids().reserve(io.porpoise.store.IdBlocks.Sequence.TASK_INSTANCE, 1)))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  @Timeout(15)
  void a_connection_that_breaks_off_under_a_transaction_is_noticed_at_once() {
    for (long id = 1; id <= 10; id++) {
      InstanceIntake.Start start =
          new InstanceIntake.Start(
              new WorkflowInstanceId(id),
              1,
              1,
              1,
              ExecutionType.PARALLEL,
              StartOptions.NONE,
              null,
              1,
              "admin",
              "key-" + id,
              Instant.parse("2026-11-20T12:00:00Z"));
      SqlStores patient = stores(2, Duration.ofSeconds(30));
      line.cutAt("START TRANSACTION", Cut.BEFORE_ITS_ANSWER);
      assertThatThrownBy(() -> stage.await(patient.intake().start(start)))
          .isInstanceOf(StoreUnavailable.class);

      assertThat(stage.await(patient.intake().start(start)).isNew()).isTrue();
      stage.run(patient.close());
    }
  }

  @Test
  void connections_over_a_line_that_has_fallen_silent_are_replaced() {
    SqlStores single = stores(1);
    stage.run(single.ping());
    line.cutAt("FROM project", Cut.SILENCE);

    assertThatThrownBy(() -> stage.await(single.projects().list(0, 10)))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("did not answer within 2000 ms");

    assertThat(stage.await(single.projects().list(0, 10))).isEmpty();
    stage.run(single.close());
  }

  private void readAtOnce(SqlStores on, int reads) {
    List<Single<List<io.porpoise.store.Projects.Project>>> all =
        IntStream.range(0, reads).mapToObj(i -> on.projects().list(0, 10)).toList();
    assertThat(stage.await(Single.merge(all).toList())).hasSize(reads);
  }

  private void killSessions() {
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
  }
}
