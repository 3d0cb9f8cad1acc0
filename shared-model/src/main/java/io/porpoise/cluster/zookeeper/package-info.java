/**
 * The cluster on ZooKeeper: membership, and the cluster manager under Vert.x' event bus, on one
 * Curator client and so on one session. Start with {@link
 * io.porpoise.cluster.zookeeper.ZooKeeperCluster}.
 *
 * <p><b>Entries.</b> Under the configured root:
 *
 * <pre>
 * members/worker-w1-7       what a member tells of itself (JSON); role, node, incarnation
 * touch/worker-w1-7         what it writes to in order to prove that its session lives
 * cluster/nodes/ID          where a Vert.x node listens        } in the form of the stock
 * __vertx.subs/ADDRESS/ID-N a consumer of the event bus        } ZookeeperClusterManager
 * </pre>
 *
 * All are ephemeral. The last two have the form of the stock cluster manager, so that applications
 * that use that one can join.
 *
 * <p><b>Healing.</b> The stock cluster manager (5.0.7) does not survive the loss of a session: it
 * re-creates its node only if a flag still stands that the loss has cleared, and restores
 * registrations by setting the data of the <em>old</em> session's entries, which then die with it
 * (vertx-zookeeper issues 69 and 105, open). Here every entry that this process wants is kept in
 * {@link io.porpoise.cluster.zookeeper.Ephemerals}, which after every (re)connection looks whether
 * the entry stands and belongs to the present session, and if not puts a new one in its place, in
 * one transaction. An operation is bound to the session in which it began, never carried over by a
 * retry; what was under way when the connection broke is simply done again.
 *
 * <p><b>Touch.</b> DESIGN 9 needs a proof that the session lived when the touch was sent. It is a
 * write, because a follower that is cut off still answers reads; it is sent once, on one session
 * handle; and it counts only if the written entry and the member's own belong to that session,
 * because an entry that a former session left behind can still be written to.
 *
 * <p>Nothing here blocks: everything runs on the one thread {@code zookeeper} and in callbacks,
 * save what the stock cluster manager does on Vert.x' workers while joining and leaving.
 */
package io.porpoise.cluster.zookeeper;
