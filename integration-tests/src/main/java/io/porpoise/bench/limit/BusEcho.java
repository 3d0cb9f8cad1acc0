package io.porpoise.bench.limit;

import io.porpoise.bench.stage.Samples;
import io.porpoise.cluster.zookeeper.ZooKeeperCluster;
import io.porpoise.cluster.zookeeper.ZooKeeperOptions;
import io.porpoise.standalone.zookeeper.EmbeddedZooKeeper;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Round trips of 200 bytes over the event bus of Vert.x between two JVMs, which find each other by
 * a ZooKeeper.
 *
 * <p>As a program it is the one that answers; its argument is where ZooKeeper is. It ends when its
 * standard input does.
 */
public final class BusEcho {
  private static final String ADDRESS = "echo";
  private static final int BYTES = 200;
  private static final Duration SESSION = Duration.ofSeconds(20);

  private BusEcho() {}

  public static void main(String[] args) throws IOException {
    ZooKeeperCluster cluster = join(args[0]);
    cluster
        .vertx()
        .eventBus()
        .<Buffer>consumer(ADDRESS, message -> message.reply(message.body()))
        .rxCompletion()
        .blockingAwait();
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Whoever started it holds the other end, and lets it go with its life.
    }
    cluster.close().blockingAwait();
  }

  /** Microseconds of one round trip at a time. */
  public static Samples micros(Path folder, int count) throws IOException {
    try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start(folder, 0, SESSION)) {
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  BusEcho.class.getName(),
                  zooKeeper.connect())
              .redirectError(folder.resolve("echo.errors").toFile())
              .start();
      try {
        String said = other.inputReader().readLine();
        if (!"ready".equals(said)) {
          throw new IOException("the other JVM did not answer: " + said);
        }
        return measure(zooKeeper.connect(), count);
      } finally {
        other.destroy();
      }
    }
  }

  private static Samples measure(String zooKeeper, int count) {
    ZooKeeperCluster cluster = join(zooKeeper);
    try {
      trips(cluster.vertx(), count); // warm
      return trips(cluster.vertx(), count);
    } finally {
      cluster.close().blockingAwait();
    }
  }

  /** From answer to next request without leaving the event loop, as a verticle does it. */
  private static Samples trips(Vertx vertx, int count) {
    double[] micros = new double[count];
    Buffer body = Buffer.buffer(new byte[BYTES]);
    io.reactivex.rxjava3.core.Single.defer(
            () -> {
              long started = System.nanoTime();
              return vertx
                  .eventBus()
                  .<Buffer>rxRequest(ADDRESS, body)
                  .map(answer -> (System.nanoTime() - started) / 1e3);
            })
        .repeat(count)
        .zipWith(
            io.reactivex.rxjava3.core.Flowable.range(0, count), (value, i) -> micros[i] = value)
        .ignoreElements()
        .blockingAwait();
    return new Samples(micros);
  }

  private static ZooKeeperCluster join(String zooKeeper) {
    return ZooKeeperCluster.start(
            ZooKeeperOptions.of(zooKeeper, "bench"), new VertxOptions(), "127.0.0.1", 0)
        .blockingGet();
  }
}
