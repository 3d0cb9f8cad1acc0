package io.porpoise.store.sql;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/**
 * A line to the database that can be cut at the worst moments. It watches for one word in what the
 * client sends.
 */
final class CutLine implements AutoCloseable {
  /** What happens when the word comes by; each but NOTHING happens once. */
  enum Cut {
    NOTHING,
    /** The word is not passed on; both sides are hung up on. */
    BEFORE_IT_ARRIVES,
    /** The word is passed on; when the answer comes, both sides are hung up on. */
    BEFORE_ITS_ANSWER,
    /** From the word on nothing passes in either direction, and nobody is hung up on. */
    SILENCE
  }

  private final Vertx vertx = Vertx.vertx();
  private final int databasePort;
  private final NetServer server;
  private final NetClient client;
  private volatile Cut cut = Cut.NOTHING;
  private volatile String word = "";

  CutLine(int databasePort) {
    this.databasePort = databasePort;
    client = vertx.createNetClient();
    server =
        vertx
            .createNetServer()
            .connectHandler(this::join)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  void cutAt(String newWord, Cut newCut) {
    word = newWord;
    cut = newCut;
  }

  private void join(NetSocket near) {
    near.pause();
    client
        .connect(databasePort, "127.0.0.1")
        .onFailure(e -> near.close())
        .onSuccess(far -> new Pair(near, far).start());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** One connection and its counterpart; both live on one event loop. */
  private final class Pair {
    private final NetSocket near;
    private final NetSocket far;
    private Cut state = Cut.NOTHING;

    Pair(NetSocket near, NetSocket far) {
      this.near = near;
      this.far = far;
    }

    void start() {
      far.handler(this::answered);
      near.handler(this::sent);
      near.closeHandler(closed -> far.close());
      far.closeHandler(closed -> near.close());
      near.resume();
    }

    private void sent(Buffer data) {
      if (cut != Cut.NOTHING && data.toString(StandardCharsets.ISO_8859_1).contains(word)) {
        state = cut;
        cut = Cut.NOTHING;
      }
      switch (state) {
        case NOTHING, BEFORE_ITS_ANSWER -> far.write(data);
        case BEFORE_IT_ARRIVES -> far.close();
        case SILENCE -> {}
      }
    }

    private void answered(Buffer data) {
      switch (state) {
        case NOTHING -> near.write(data);
        case BEFORE_ITS_ANSWER -> near.close();
        case BEFORE_IT_ARRIVES, SILENCE -> {}
      }
    }
  }
}
