package io.porpoise.cluster.tcp;

import io.netty.channel.ConnectTimeoutException;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Reachability;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.net.ConnectOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.net.NetClient;
import io.vertx.rxjava3.core.net.NetSocket;
import java.net.ConnectException;
import java.time.Duration;

/** Asks the host itself. */
public final class TcpReachability implements Reachability {
  private final NetClient client;

  public TcpReachability(Vertx vertx) {
    client = vertx.createNetClient();
  }

  @Override
  public Single<Finding> probe(Member member, Duration timeout) {
    if (member.busPort() == 0) {
      return Single.just(Finding.SILENT);
    }
    ConnectOptions options =
        new ConnectOptions()
            .setHost(member.host())
            .setPort(member.busPort())
            .setTimeout(Math.toIntExact(Math.max(1, timeout.toMillis())));
    return client
        .rxConnect(options)
        .flatMapCompletable(NetSocket::rxClose)
        .toSingleDefault(Finding.CONNECTED)
        .onErrorReturn(TcpReachability::finding);
  }

  /**
   * The JDK reports a refusal and a kernel's time-out (minutes, so never before ours) as this
   * exception, in the words of the machine's language; everything else is no refusal.
   */
  private static Finding finding(Throwable failure) {
    return failure instanceof ConnectException && !(failure instanceof ConnectTimeoutException)
        ? Finding.REFUSED
        : Finding.SILENT;
  }
}
