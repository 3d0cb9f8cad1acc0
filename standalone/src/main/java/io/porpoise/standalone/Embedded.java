package io.porpoise.standalone;

import io.porpoise.node.Console;
import io.porpoise.node.DataDirectory;
import io.porpoise.node.DurableFile;
import io.porpoise.node.StartFailure;
import io.porpoise.node.Stop;
import io.porpoise.node.config.Config;
import io.porpoise.standalone.mariadb.EmbeddedMariaDb;
import io.porpoise.standalone.zookeeper.EmbeddedZooKeeper;
import io.reactivex.rxjava3.core.Completable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts what a cluster would be given: ZooKeeper, a database, a secret; each unless the
 * configuration has one.
 */
final class Embedded {
  private static final Duration DATABASE_STOP = Duration.ofSeconds(60);
  private static final int SECRET_BYTES = 32;

  private final Config config;
  private final DataDirectory data;
  private final Stop stop;

  Embedded(Config config, DataDirectory data, Stop stop) {
    this.config = config;
    this.data = data;
    this.stop = stop;
  }

  /** The settings that lead to them. Takes as long as the slowest, as they start side by side. */
  List<String> start() {
    try {
      CompletableFuture<List<String>> database = CompletableFuture.supplyAsync(this::database);
      List<String> settings = new ArrayList<>(zookeeper());
      settings.addAll(secret());
      settings.addAll(database.join());
      return settings;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private List<String> zookeeper() {
    if (config.zookeeper().connect().isPresent()) {
      return List.of();
    }
    EmbeddedZooKeeper zookeeper =
        EmbeddedZooKeeper.start(
            data.path().resolve("zookeeper"),
            config.standalone().zookeeperPort(),
            config.zookeeper().sessionTimeout());
    stop.add("embedded ZooKeeper", Completable.fromAction(zookeeper::close));
    return List.of("zookeeper.connect=" + zookeeper.connect());
  }

  private List<String> database() {
    if (config.database().uri().isPresent()) {
      return List.of();
    }
    EmbeddedMariaDb database =
        EmbeddedMariaDb.start(data.path().resolve("mariadb"), config.standalone(), Console::say);
    stop.add("embedded database", DATABASE_STOP, Completable.fromAction(database::close));
    return List.of(
        "database.uri=" + database.uri(),
        "database.user=" + database.user(),
        "database.password=" + database.password());
  }

  private List<String> secret() {
    if (!config.cluster().secret().value().isEmpty()) {
      return List.of();
    }
    Path file = data.path().resolve("secret");
    try {
      if (DurableFile.read(file).isEmpty()) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        DurableFile.writeSecret(
            file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      }
      return List.of("cluster.secret=" + DurableFile.read(file).orElseThrow());
    } catch (IOException e) {
      throw new StartFailure("the cluster secret cannot be kept in " + file + ": " + e, e);
    }
  }
}
