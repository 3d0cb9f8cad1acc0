package io.porpoise.store.sql;

import io.porpoise.cluster.NodeId;
import io.porpoise.store.SlotStore;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The slot table. */
final class SqlSlotStore implements SlotStore {
  private static final String COLUMNS = "SELECT slot, owner, incarnation, epoch FROM slot ";

  private final Database database;

  SqlSlotStore(Database database) {
    this.database = database;
  }

  @Override
  public Single<List<SlotRow>> all() {
    return database.query(COLUMNS + "ORDER BY slot").map(SqlSlotStore::read);
  }

  /**
   * One statement takes all: its exclusive locks wait for the shared ones of batches in flight.
   * What was gained is then read; whoever claimed in between is seen there as the owner. A repeated
   * claim, whose first reply was lost, finds its slots taken by itself and reports them as gained.
   */
  @Override
  public Single<List<SlotRow>> claim(NodeId owner, long incarnation, Collection<SlotRow> expected) {
    if (expected.isEmpty()) {
      return Single.just(List.of());
    }
    Map<Integer, Long> epochs =
        expected.stream().collect(Collectors.toMap(SlotRow::slot, SlotRow::epoch));
    String slots = Statement.numbers(epochs.keySet());
    String pairs =
        expected.stream()
            .map(row -> "(" + row.slot() + "," + row.epoch() + ")")
            .collect(Collectors.joining(","));
    return database
        .text(
            "UPDATE slot SET owner = '"
                + owner.value()
                + "', incarnation = "
                + incarnation
                + ", epoch = epoch + 1 WHERE slot IN ("
                + slots
                + ") AND (slot, epoch) IN ("
                + pairs
                + ")")
        .flatMap(
            updated ->
                database.text(
                    COLUMNS
                        + "WHERE slot IN ("
                        + slots
                        + ") AND owner = '"
                        + owner.value()
                        + "' AND incarnation = "
                        + incarnation
                        + " ORDER BY slot"))
        .map(SqlSlotStore::read)
        .map(rows -> rows.stream().filter(r -> r.epoch() == epochs.get(r.slot()) + 1).toList());
  }

  @Override
  public Completable release(NodeId owner, long incarnation, Collection<Integer> slots) {
    if (slots.isEmpty()) {
      return Completable.complete();
    }
    return database
        .text(
            "UPDATE slot SET owner = NULL, incarnation = 0 WHERE slot IN ("
                + Statement.numbers(slots)
                + ") AND owner = '"
                + owner.value()
                + "' AND incarnation = "
                + incarnation)
        .ignoreElement();
  }

  private static List<SlotRow> read(Iterable<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(SqlSlotStore::read).toList();
  }

  private static SlotRow read(Row row) {
    String owner = row.getString("owner");
    return new SlotRow(
        row.getInteger("slot"),
        owner == null ? null : new NodeId(owner),
        row.getLong("incarnation"),
        row.getLong("epoch"));
  }
}
