package io.porpoise.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.NodeId;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.Batch;
import io.porpoise.store.Command;
import io.porpoise.store.IdBlocks.Sequence;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceIntake.Wish;
import io.porpoise.store.InstanceQueries.Filter;
import io.porpoise.store.InstanceQueries.Position;
import io.porpoise.store.Retention;
import io.porpoise.store.Retention.Owner;
import io.porpoise.store.SlotStore.SlotRow;
import io.vertx.rxjava3.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Nothing grows with history: with 20,000 ended instances of 60,000 attempts every operation of the
 * stores reads no more rows than it is about. The server itself counts what it reads, and explains
 * each statement that it has logged: none scans a large table, or sorts many rows.
 *
 * <p>Of the instances half are of one workflow, which has FAILED once, long ago; "nightly" is a
 * workflow of ten projects, which has hardly run; 200 are unfinished.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RowsExaminedTest {
  private static final int INSTANCES = 20_000;
  private static final int FILL = 2_000;
  private static final int UNFINISHED = 200;
  private static final int ATTEMPTS = 3;
  private static final int LIMIT = 20;
  private static final int SLOTS = 1024;

  /** For a page of a list, with names and owners; a tenth of the smallest of the tables' parts. */
  private static final int PAGE = 8 * LIMIT;

  /** What a plan may read for each step, sort or put into a temporary table. */
  private static final long PLANNED = 2L * SLOTS;

  private static final NodeId M1 = new NodeId("m1");
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Integer> ALL_SLOTS = IntStream.range(0, SLOTS).boxed().toList();

  private SqlStage stage;
  private List<SlotRow> owned;
  private long next = 10L * INSTANCES;
  private long seq;

  private static Instant at(int id) {
    return BEGIN.plusSeconds(60L * id);
  }

  @BeforeAll
  void fill() {
    stage = SqlStage.emptied();
    owned = stage.await(stage.slots().all().flatMap(all -> stage.slots().claim(M1, 1, all)));
    for (int project = 1; project <= 11; project++) {
      stage.sql(
          "INSERT INTO project VALUES (%d, 'project %d', '', 'ann', 0)"
              .formatted(project, project));
      stage.sql(
          "INSERT INTO workflow (id, project_id, name, version, release_state, description,"
              + " created_at, updated_at) VALUES (%d, %d, '%s', 1, 1, '', 0, 0)"
                  .formatted(project, project, project == 1 ? "large" : "nightly"));
    }
    for (int from = 1; from <= INSTANCES; from += FILL) {
      fill(from, from + FILL);
    }
    stage.sql(
        "INSERT INTO task_group_queue (task_instance_id, task_group, held, reverse_priority,"
            + " first_submit_time, workflow_instance_id) SELECT id, CONCAT('group ', id MOD 500),"
            + " 0, 0, 0, workflow_instance_id FROM task_instance WHERE id <= 10000");
    stage.sql("INSERT INTO task_group VALUES ('group 7', 5, '')");
    stage.sql(
        "INSERT INTO serial_queue (workflow_id, workflow_instance_id)"
            + " SELECT id MOD 500, id FROM workflow_instance WHERE id <= 10000");
    stage.sql(
        "INSERT INTO idempotency SELECT 1, id, id, "
            + Times.micros(Instant.now().plus(Duration.ofDays(1)))
            + " FROM workflow_instance");
    stage.sql(
        "INSERT INTO token SELECT UNHEX(SHA2(id, 256)), 1, "
            + Times.micros(Instant.now().plus(Duration.ofDays(1)))
            + " FROM workflow_instance");
    stage.sql(
        "ANALYZE TABLE workflow_instance, task_instance, task_payload, history, serial_queue,"
            + " task_group_queue, idempotency, token, command, journal, slot");
    RealDatabase.get()
        .administer(
            "GRANT SELECT, DROP ON mysql.general_log TO 'porpoise'@'%'",
            "SET GLOBAL log_output = 'TABLE'");
  }

  @AfterAll
  void log_nothing_more() {
    RealDatabase.get().administer("SET GLOBAL log_output = 'NONE'");
  }

  private void fill(int from, int to) {
    List<String> instances = new ArrayList<>();
    List<String> tasks = new ArrayList<>();
    List<String> payloads = new ArrayList<>();
    List<String> history = new ArrayList<>();
    for (int id = from; id < to; id++) {
      boolean isUnfinished = id > INSTANCES - UNFINISHED;
      int workflow = id % 1000 == 0 ? 2 + id / 1000 % 10 : 1;
      int state = id == 7 ? 6 : isUnfinished ? 1 : 7;
      instances.add(
          "(%d,%d,%d,%d,1,1,%d,%d,%d,%d,'ann')"
              .formatted(
                  id,
                  new WorkflowInstanceId(id).slot(),
                  isUnfinished ? 0 : 1,
                  state,
                  workflow,
                  workflow,
                  Times.micros(at(id)),
                  Times.micros(at(id).plusSeconds(30))));
      for (int n = 0; n < ATTEMPTS; n++) {
        int task = id * ATTEMPTS + n;
        tasks.add(
            "(%d,%d,%d,%d,%d,1,1,0,0,1,'t%d','SHELL')"
                .formatted(task, id, n, isUnfinished ? 0 : 7, n == 0 ? 0 : 1, n));
        payloads.add("(%d,'{\"a\":\"b\"}')".formatted(task));
        history.add("(%d,'[]')".formatted(id));
      }
    }
    insert(
        "workflow_instance (id, slot, finished, state, version, run_times, project_id,"
            + " workflow_id, created_at, end_time, created_by)",
        instances);
    insert(
        "task_instance (id, workflow_instance_id, code, state, valid, has_payload, attempt,"
            + " retries, losses, dispatches, name, task_type)",
        tasks);
    insert("task_payload (task_instance_id, params)", payloads);
    insert("history (workflow_instance_id, entries)", history);
  }

  private void insert(String into, List<String> rows) {
    stage.sql("INSERT INTO " + into + " VALUES " + String.join(",", rows));
  }

  /** Rows that the server has read so far, by keys, along indexes and in scans. */
  private long read() {
    long sum = 0;
    for (Row row : stage.sql("SHOW GLOBAL STATUS LIKE 'Handler_read%'")) {
      sum += Long.parseLong(row.getString(1));
    }
    return sum;
  }

  private DynamicTest test(String what, int readsMax, Runnable operation) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          operation.run(); // prepares its statements
          long before = read();
          long own = read() - before;
          operation.run();
          long reads = read() - before - 2 * own;
          assertThat(reads).as("rows read").isLessThanOrEqualTo(readsMax);
          explain(operation);
        });
  }

  private void explain(Runnable operation) {
    stage.sql("TRUNCATE mysql.general_log");
    operation.run();
    List<String> statements = logged();
    assertThat(statements).as("statements").isNotEmpty();
    for (String statement : statements) {
      for (Row step : stage.sql("EXPLAIN " + statement)) {
        assertThat(isBounded(statement, step))
            .as("the plan of %s: %s", statement, step.toJson())
            .isTrue();
      }
    }
  }

  /** What has a plan, with its values, as the server has executed it. */
  private List<String> logged() {
    List<String> statements = new ArrayList<>();
    for (Row row :
        stage.sql(
            "SELECT DISTINCT CONVERT(argument USING utf8mb4) FROM mysql.general_log"
                + " WHERE command_type IN ('Query', 'Execute')"
                + " AND argument NOT LIKE '%mysql.general_log%'"
                + " AND argument RLIKE '^[ (]*(SELECT|INSERT|REPLACE|UPDATE|DELETE|WITH) '")) {
      statements.add(row.getString(0));
    }
    return statements;
  }

  /**
   * A step may be planned to read more than it is about only along an index, in its order, up to a
   * LIMIT.
   */
  private static boolean isBounded(String statement, Row step) {
    String rows = step.getString("rows"); // "4 (2%)" with a filter
    if (rows == null || Long.parseLong(rows.split("[^0-9]")[0]) <= PLANNED) {
      return true;
    }
    String extra = step.getString("Extra");
    return !step.getString("type").equals("ALL")
        && statement.contains(" LIMIT ")
        && !extra.contains("filesort")
        && !extra.contains("temporary");
  }

  @TestFactory
  Stream<DynamicTest> lists() {
    Position place = new Position(at(INSTANCES / 2), new WorkflowInstanceId(INSTANCES / 2));
    Map<String, String[]> scopes = new LinkedHashMap<>();
    scopes.put("all", new String[] {null, null});
    scopes.put("a large project", new String[] {"project 1", null});
    scopes.put("a small project", new String[] {"project 4", null});
    scopes.put("a large workflow", new String[] {"project 1", "large"});
    scopes.put("a workflow by its name", new String[] {null, "large"});
    scopes.put("workflows of one name", new String[] {null, "nightly"});
    List<DynamicTest> tests = new ArrayList<>();
    scopes.forEach(
        (scope, names) -> {
          for (WorkflowState state :
              Arrays.asList(
                  null, WorkflowState.SUCCEEDED, WorkflowState.FAILED, WorkflowState.STOPPED)) {
            for (Position before : Arrays.asList(null, place)) {
              for (boolean isBetween : List.of(false, true)) {
                Filter filter =
                    new Filter(
                        names[0],
                        names[1],
                        state,
                        isBetween ? at(INSTANCES / 4) : null,
                        isBetween ? at(INSTANCES * 3 / 4) : null,
                        before,
                        LIMIT);
                tests.add(
                    test(
                        "list of " + scope + " " + filter,
                        scope.equals("workflows of one name") ? PAGE + 10 * 2 * LIMIT : PAGE,
                        () -> stage.run(stage.queries().list(filter))));
              }
            }
          }
        });
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> details() {
    WorkflowInstanceId id = new WorkflowInstanceId(777);
    return Stream.of(
        test("an instance", 10, () -> stage.run(stage.queries().find(id).toSingle())),
        test("its tasks", 20, () -> stage.run(stage.queries().tasks(id, false))),
        test("all its attempts", 20, () -> stage.run(stage.queries().tasks(id, true))),
        test("its history", 10, () -> stage.run(stage.queries().history(id, 0, 50))),
        test(
            "a task",
            10,
            () -> stage.run(stage.queries().task(new TaskInstanceId(2331)).toSingle())));
  }

  @TestFactory
  Stream<DynamicTest> of_a_master() {
    WorkflowInstanceId before = new WorkflowInstanceId(0);
    List<WorkflowInstanceId> page =
        IntStream.range(100, 120).mapToObj(WorkflowInstanceId::new).toList();
    return Stream.of(
        test("the slots", 2 * SLOTS, () -> stage.run(stage.slots().all())),
        test("a claim", 4 * SLOTS, () -> owned = stage.await(stage.slots().claim(M1, 1, owned))),
        test(
            "a page of an adoption",
            SLOTS + 10 * 50,
            () -> stage.run(stage.runs().nextUnfinished(ALL_SLOTS, before, 50, 10_000))),
        test(
            "a page of a sweep",
            SLOTS + 2 * UNFINISHED,
            () -> stage.run(stage.runs().unfinishedIds(ALL_SLOTS, before, 1000))),
        test("rows of instances", 60, () -> stage.run(stage.runs().instances(page))),
        test("loading instances", 20 * 20, () -> stage.run(stage.runs().load(page))),
        test("commands of slots", SLOTS, () -> stage.run(stage.runs().commands(ALL_SLOTS, 100))),
        test("commands of instances", 60, () -> stage.run(stage.runs().commandsOf(page))),
        test("a block of ids", 5, () -> stage.run(stage.ids().reserve(Sequence.TASK_INSTANCE, 9))),
        test(
            "first of a serial queue", 5, () -> stage.run(stage.serialQueue().first(7).toSingle())),
        test("a grant of group slots", 100, () -> stage.run(stage.taskGroups().grant("group 7"))),
        test("who waits", 50, () -> stage.run(stage.taskGroups().standing("group 7"))),
        test(
            "who holds",
            20,
            () -> stage.run(stage.taskGroups().holding(List.of(new TaskInstanceId(7))))),
        test("a batch", 60, this::commit),
        test("its last number", 5, () -> stage.run(stage.journal().lastSeq(M1, 1, 0))));
  }

  private void commit() {
    WorkflowInstanceId id = new WorkflowInstanceId(900);
    WorkflowInstance instance = stage.await(stage.runs().instances(List.of(id))).get(0);
    Map<Integer, Long> guards = Map.of(id.slot(), owned.get(id.slot()).epoch());
    Batch.HistoryEntry entry = new Batch.HistoryEntry(BEGIN, null, 0, null, "x", "y", "m1");
    stage.run(
        stage
            .journal()
            .commit(
                new Batch(
                    M1,
                    1,
                    0,
                    ++seq,
                    guards,
                    List.of(
                        new Batch.InstanceChange(
                            id,
                            instance,
                            List.of(),
                            List.of(entry),
                            List.of(5L),
                            List.of(5L),
                            List.of())))));
  }

  @TestFactory
  Stream<DynamicTest> of_an_api_node() {
    return Stream.of(
        test("a start", 20, () -> start(ExecutionType.PARALLEL, null)),
        test("a start with a key", 30, () -> start(ExecutionType.PARALLEL, "key " + next)),
        test("a start in a serial queue", 30, () -> start(ExecutionType.SERIAL_WAIT, null)),
        test(
            "a command",
            10,
            () ->
                stage.run(
                    stage
                        .intake()
                        .command(
                            new Wish(new WorkflowInstanceId(55), Command.Type.STOP, null, "ann")))),
        test("a token", 10, () -> stage.run(stage.users().byToken(new byte[32], BEGIN).isEmpty())));
  }

  private void start(ExecutionType type, String key) {
    stage.run(
        stage
            .intake()
            .start(
                new Start(
                    new WorkflowInstanceId(++next),
                    1,
                    1,
                    1,
                    type,
                    StartOptions.NONE,
                    null,
                    1,
                    "ann",
                    key,
                    at(INSTANCES + 1))));
  }

  @TestFactory
  Stream<DynamicTest> retention() {
    Instant before = at(INSTANCES / 2);
    Position place = new Position(at(1000), new WorkflowInstanceId(1000));
    return Stream.of(
        test(
            "a part of the way",
            LIMIT * 8,
            () -> stage.run(stage.retention().endedBefore(before, place, LIMIT))),
        test(
            "nothing that is old enough",
            10,
            () -> stage.run(stage.retention().endedBefore(BEGIN, Retention.OLDEST, LIMIT))),
        test("a removal", 120, () -> remove(before)),
        test(
            "nothing that has expired",
            30,
            () -> stage.run(stage.retention().removeExpired(BEGIN, 100))));
  }

  private void remove(Instant before) {
    WorkflowInstanceId id = new WorkflowInstanceId(2000 + ++next % 1000);
    Map<Integer, Long> epochs = Map.of(id.slot(), owned.get(id.slot()).epoch());
    int removed =
        stage.await(stage.retention().remove(new Owner(M1, 1, epochs), before, List.of(id)));
    assertThat(removed).isEqualTo(1);
  }
}
