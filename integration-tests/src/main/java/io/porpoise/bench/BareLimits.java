package io.porpoise.bench;

import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.mysqlclient.MySQLBuilder;
import io.vertx.rxjava3.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What plain programs reach on this machine at this moment. */
final class BareLimits {
  private BareLimits() {}

  /**
   * Processes per second that one long-lived bash starts as the keeper does: a subshell that runs a
   * script with its output in a file and writes the exit status beside it.
   */
  static double spawnsPerSecond(Path folder, int count) throws IOException, InterruptedException {
    Path script = folder.resolve("task.sh");
    Files.writeString(script, "echo hello\n");
    String loop =
        """
        cd "$1"; set -m
        for ((i = 0; i < $2; i++)); do
          ( bash ./task.sh >"log.$i" 2>&1 </dev/null; echo $? >"exit.$i" ) &
        done
        wait
        """;
    long started = System.nanoTime();
    int exit =
        new ProcessBuilder("bash", "-c", loop, "spawns", folder.toString(), Integer.toString(count))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("the bare spawns ended with " + exit);
    }
    return count / ((System.nanoTime() - started) / 1e9);
  }

  /** Milliseconds of one script from its start to its end, one after the other. */
  static Samples spawnMillis(Path folder, int count) throws IOException, InterruptedException {
    Path script = folder.resolve("task.sh");
    Files.writeString(script, "echo hello\n");
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long started = System.nanoTime();
      new ProcessBuilder("bash", script.toString())
          .redirectOutput(folder.resolve("out").toFile())
          .start()
          .waitFor();
      millis[i] = (System.nanoTime() - started) / 1e6;
    }
    return new Samples(millis);
  }

  /** Milliseconds of one durable commit of a single row by a plain client. */
  static Samples commitMillis(String uri, String user, String password, int count) {
    Vertx vertx = Vertx.vertx();
    MySQLConnectOptions options =
        MySQLConnectOptions.fromUri(
                uri.replace("mysql://", "mysql://" + user + ":" + password + "@"))
            .setCachePreparedStatements(true);
    Pool pool =
        MySQLBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(options)
            .using(vertx)
            .build();
    try {
      pool.query("CREATE TABLE IF NOT EXISTS bench_commit (id INT PRIMARY KEY, v INT)")
          .rxExecute()
          .ignoreElement()
          .blockingAwait();
      double[] millis = new double[count];
      for (int i = 0; i < count; i++) {
        long started = System.nanoTime();
        pool.preparedQuery("REPLACE INTO bench_commit VALUES (1, ?)")
            .rxExecute(io.vertx.rxjava3.sqlclient.Tuple.of(i))
            .ignoreElement()
            .blockingAwait();
        millis[i] = (System.nanoTime() - started) / 1e6;
      }
      pool.query("DROP TABLE bench_commit").rxExecute().ignoreElement().blockingAwait();
      return new Samples(millis);
    } finally {
      pool.rxClose().blockingAwait();
      vertx.rxClose().blockingAwait();
    }
  }
}
