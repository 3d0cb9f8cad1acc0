package io.porpoise.store.sql;

import io.porpoise.store.IdBlocks;
import io.reactivex.rxjava3.core.Single;
import io.vertx.mysqlclient.MySQLClient;
import io.vertx.rxjava3.sqlclient.PropertyKind;

/** The table id_block: one statement that moves the sequence on and tells where it stood. */
final class SqlIdBlocks implements IdBlocks {
  private static final PropertyKind<Long> LAST_INSERTED_ID =
      PropertyKind.newInstance(MySQLClient.LAST_INSERTED_ID);

  private final Database database;

  SqlIdBlocks(Database database) {
    this.database = database;
  }

  @Override
  public Single<Long> reserve(Sequence sequence, int size) {
    if (size < 1) {
      return Single.error(new IllegalArgumentException("a block of " + size + " ids"));
    }
    return database
        .query(
            "UPDATE id_block SET next_id = LAST_INSERT_ID(next_id) + ? WHERE sequence = ?",
            size,
            Codes.of(sequence))
        .map(done -> done.property(LAST_INSERTED_ID));
  }
}
