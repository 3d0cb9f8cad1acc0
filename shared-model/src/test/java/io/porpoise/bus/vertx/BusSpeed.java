package io.porpoise.bus.vertx;

import io.porpoise.bus.Message;
import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.DispatchBatch;
import io.porpoise.cluster.zookeeper.EchoOfStrings;
import io.porpoise.cluster.zookeeper.PeerProcess;
import io.porpoise.cluster.zookeeper.TestCluster;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.rxjava3.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures the bus between two processes beside the bare event bus with strings of the same size.
 * Run by hand: {@code java -cp ... io.porpoise.bus.vertx.BusSpeed}.
 */
public final class BusSpeed {
  private static final int ROUNDS = 40_000;

  private BusSpeed() {}

  public static void main(String[] args) {
    Message message = dispatchOf500Bytes();
    String text = "x".repeat(new Frames("s").encode(message).length);
    System.out.println("frame: " + text.length() + " bytes");
    Duration session = Duration.ofSeconds(6);
    try (TestCluster cluster = TestCluster.of(1, session);
        PeerProcess peer = PeerProcess.start(cluster.connect(), session)) {
      System.out.println("peer: process " + peer.pid());
      VertxBus bus = cluster.bus(0);
      Vertx vertx = cluster.cluster(0).vertx();
      Supplier<Single<?>> ours =
          () -> bus.request(PeerProcess.ADDRESS, message, Duration.ofSeconds(10));
      Supplier<Single<?>> bare = () -> vertx.eventBus().rxRequest(EchoOfStrings.ADDRESS, text);
      cluster.until("known", () -> works(cluster, ours) && works(cluster, bare));
      for (int pass = 0; pass < 3; pass++) {
        for (int outstanding : new int[] {1, 16, 256}) {
          report(cluster, "bare", outstanding, bare);
          report(cluster, "ours", outstanding, ours);
        }
      }
    }
  }

  private static boolean works(TestCluster cluster, Supplier<Single<?>> request) {
    return cluster.await(0, () -> request.get().map(x -> true).onErrorReturnItem(false));
  }

  private static void report(
      TestCluster cluster, String name, int outstanding, Supplier<Single<?>> request) {
    long start = System.nanoTime();
    List<Long> times = new ArrayList<>(ROUNDS);
    long count =
        cluster.await(
            0,
            () ->
                Flowable.range(0, ROUNDS)
                    .flatMapSingle(
                        i -> {
                          long sent = System.nanoTime();
                          return request
                              .get()
                              .doOnSuccess(x -> times.add(System.nanoTime() - sent));
                        },
                        false,
                        outstanding)
                    .count());
    double seconds = (System.nanoTime() - start) / 1e9;
    times.sort(null);
    System.out.printf(
        "%s %3d outstanding: %7.0f/s, p50 %6.0f us, p99 %6.0f us%n",
        name,
        outstanding,
        count / seconds,
        times.get(ROUNDS / 2) / 1e3,
        times.get(ROUNDS * 99 / 100) / 1e3);
  }

  private static Message dispatchOf500Bytes() {
    Dispatch dispatch =
        new Dispatch(
            new TaskInstanceId(9001),
            new WorkflowInstanceId(812),
            7,
            1,
            "SHELL",
            "extract",
            Map.of("command", "echo \"extracting 2026-11-20\"; " + "sleep 1; ".repeat(8)),
            Map.of("biz", "2026-11-20", "rows", "42"),
            List.of("rows"),
            Map.of("LANG", "C.UTF-8"));
    return new DispatchBatch("porpoise.master.m1.1.shard.0", 0, List.of(dispatch));
  }
}
