package io.porpoise.cluster.zookeeper;

import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.vertx.core.Completable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.ClusterSerializable;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.spi.cluster.zookeeper.ZookeeperClusterManager;
import java.util.UUID;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.PathChildrenCacheEvent;

/**
 * The stock cluster manager, except that what it writes is kept by {@link Ephemerals}, and that
 * changes of registrations are told in order. What it reads it reads as ever.
 *
 * <p>It answers in Vert.x' own terms (promises), because that is the SPI.
 */
final class HealingClusterManager extends ZookeeperClusterManager {
  private static final String NODES = "/cluster/nodes/";
  private static final String REGISTRATIONS = "/__vertx.subs/";

  private final Connection connection;
  private final Ephemerals ephemerals;
  private final CompositeDisposable writing = new CompositeDisposable();
  private volatile NodeInfo nodeInfo;

  HealingClusterManager(Connection connection, Ephemerals ephemerals) {
    super(connection.curator(), UUID.randomUUID().toString());
    this.connection = connection;
    this.ephemerals = ephemerals;
  }

  @Override
  public void setNodeInfo(NodeInfo newNodeInfo, Completable<Void> promise) {
    nodeInfo = newNodeInfo;
    complete(promise, ephemerals.put(NODES + getNodeId(), bytes(newNodeInfo)));
  }

  @Override
  public NodeInfo getNodeInfo() {
    return nodeInfo;
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    super.registrationListener(new NewestRegistrations(listener, super::getRegistrations));
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    if (registration.localOnly()) {
      super.addRegistration(address, registration, promise);
    } else {
      complete(promise, ephemerals.put(entryOf(address, registration), bytes(registration)));
    }
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    if (registration.localOnly()) {
      super.removeRegistration(address, registration, promise);
    } else {
      complete(promise, ephemerals.remove(entryOf(address, registration)));
    }
  }

  @Override
  public void childEvent(CuratorFramework client, PathChildrenCacheEvent event) throws Exception {
    // After a reconnection it would write the entries of this node itself, and wrongly.
    if (event.getType() != PathChildrenCacheEvent.Type.CONNECTION_RECONNECTED) {
      super.childEvent(client, event);
    }
  }

  @Override
  public void leave(Completable<Void> promise) {
    // Before the session ends, or what is being written would wait for the next one for ever.
    connection.renounce().subscribe(() -> super.leave(promise), e -> super.leave(promise), writing);
  }

  private void complete(Completable<Void> promise, io.reactivex.rxjava3.core.Completable work) {
    work.subscribe(promise::succeed, promise::fail, writing);
  }

  private static String entryOf(String address, RegistrationInfo registration) {
    return REGISTRATIONS + address + "/" + registration.nodeId() + "-" + registration.seq();
  }

  private static byte[] bytes(ClusterSerializable content) {
    Buffer buffer = Buffer.buffer();
    content.writeToBuffer(buffer);
    return buffer.getBytes();
  }
}
