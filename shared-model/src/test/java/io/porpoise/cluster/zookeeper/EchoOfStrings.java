package io.porpoise.cluster.zookeeper;

import io.vertx.rxjava3.core.Vertx;

/** The bare event bus beside ours, to measure against: strings, Vert.x' own codec. */
public final class EchoOfStrings {
  public static final String ADDRESS = "strings";

  private EchoOfStrings() {}

  static void serve(Vertx vertx) {
    vertx.eventBus().consumer(ADDRESS, message -> message.reply(message.body()));
  }
}
