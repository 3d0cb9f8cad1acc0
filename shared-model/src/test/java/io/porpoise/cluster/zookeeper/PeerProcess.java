package io.porpoise.cluster.zookeeper;

import io.porpoise.bus.vertx.VertxBus;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.Role;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A node in a process of its own, to be killed or to be measured: worker "peer", serves "peer". */
public final class PeerProcess implements AutoCloseable {
  public static final String ADDRESS = "peer";
  static final Member MEMBER =
      new Member(
          new MemberId(Role.WORKER, new NodeId("peer"), 1),
          "127.0.0.1",
          7000,
          "0.1.0",
          Instant.EPOCH,
          0,
          List.of("default"),
          "");

  private static final String READY = "ready";

  private final Process process;

  private PeerProcess(Process process) {
    this.process = process;
  }

  /** Starts it and waits until it has joined. */
  public static PeerProcess start(String connect, Duration session) {
    try {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  PeerProcess.class.getName(),
                  connect,
                  session.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(READY)) {
          return new PeerProcess(process);
        }
      }
      throw new AssertionError("the peer ended with " + process.onExit().join().exitValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      if (kill.onExit().join().exitValue() != 0) {
        throw new AssertionError("cannot signal " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** The other process. */
  public static void main(String[] args) {
    CompositeDisposable owner = new CompositeDisposable();
    ZooKeeperOptions options =
        new ZooKeeperOptions(
            args[0], TestCluster.ROOT, Duration.parse(args[1]), Duration.ofSeconds(20));
    owner.add(
        ZooKeeperCluster.start(options, new VertxOptions(), "127.0.0.1", 0)
            .flatMapCompletable(
                cluster -> {
                  Registry registry = cluster.newRegistry();
                  VertxBus bus = new VertxBus(cluster.vertx(), TestCluster.SECRET);
                  EchoOfStrings.serve(cluster.vertx());
                  return bus.serve(ADDRESS, Maybe::just).andThen(registry.join(MEMBER));
                })
            .subscribe(
                () -> System.out.println(READY),
                e -> {
                  e.printStackTrace();
                  Runtime.getRuntime().halt(1);
                }));
  }
}
