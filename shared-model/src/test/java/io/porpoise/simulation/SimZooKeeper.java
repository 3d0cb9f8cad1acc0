package io.porpoise.simulation;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One ZooKeeper ensemble: sessions that end when nothing has been heard of them for the session
 * timeout, the ephemeral entry of each, and watches that tell late.
 */
public final class SimZooKeeper {
  /** What links to it are named by. */
  public static final String HOST = "zookeeper";

  private static final Comparator<Member> BY_ID = Comparator.comparing(Member::id);

  private final World world;
  private final SimNetwork network;
  private final Duration sessionTimeout;
  private final SplittableRandom random;
  private final TreeMap<Long, Session> sessions = new TreeMap<>();
  private final List<SimRegistry> clients = new ArrayList<>();
  private long lastSession;
  private long lastEntry;
  private boolean isDown;
  private Duration slowestWatch = Duration.ofMillis(50);

  public SimZooKeeper(World world, SimNetwork network, Duration sessionTimeout) {
    this.world = world;
    this.network = network;
    this.sessionTimeout = sessionTimeout;
    this.random = world.split();
  }

  public Duration sessionTimeout() {
    return sessionTimeout;
  }

  public void setSlowestWatch(Duration slowest) {
    slowestWatch = slowest;
  }

  /** Stops the ensemble; no session ends meanwhile. */
  public void stop() {
    isDown = true;
    world.trace(() -> "zookeeper stops");
  }

  /** Starts it again; every session has its full timeout from now on. */
  public void start() {
    isDown = false;
    world.trace(() -> "zookeeper starts");
    List.copyOf(sessions.values()).forEach(this::heard);
  }

  /** Ends the session of a node now, as an administrator or a long pause would. */
  public void expire(SimNode node) {
    for (Session session : List.copyOf(sessions.values())) {
      if (session.node == node) {
        end(session);
      }
    }
  }

  /**
   * Everybody who has an entry at this moment, in the order of their ids; of a node only its newest
   * life.
   */
  public List<Member> members() {
    return entries().map(session -> session.entry).sorted(BY_ID).toList();
  }

  private Stream<Session> entries() {
    return sessions.values().stream()
        .filter(session -> session.entry != null)
        .filter(
            session ->
                sessions.values().stream()
                    .noneMatch(
                        other ->
                            other.entry != null
                                && other.entry.id().supersedes(session.entry.id())));
  }

  boolean isReachable(SimNode node) {
    return !isDown && network.isConnected(node.host(), HOST);
  }

  SimNetwork network() {
    return network;
  }

  void addClient(SimRegistry client) {
    clients.add(client);
    network.bindToSession(client.node());
  }

  long open(SimNode node) {
    Session session = new Session(++lastSession, node);
    sessions.put(session.id, session);
    network.setHidden(node, false);
    heard(session);
    return session.id;
  }

  /** Notes that the session lives; false when it has ended. */
  boolean ping(long id) {
    Session session = sessions.get(id);
    if (session == null) {
      return false;
    }
    heard(session);
    return true;
  }

  /** Writes the entry of a session; false when it has ended. */
  boolean write(long id, Member entry) {
    Session session = sessions.get(id);
    if (session == null) {
      return false;
    }
    for (Session other : sessions.values()) {
      if (other != session && other.entry != null && other.entry.id().equals(entry.id())) {
        other.entry = null; // a stale entry of a session that the client has given up
      }
    }
    if (session.entry == null) {
      session.entrySequence = ++lastEntry;
    }
    session.entry = entry;
    heard(session);
    tell();
    return true;
  }

  void close(long id) {
    Session session = sessions.get(id);
    if (session != null) {
      end(session);
    }
  }

  /** The member of the role that has been here longest. */
  Optional<MemberId> leader(Role role) {
    return entries()
        .filter(session -> session.entry.id().role() == role)
        .min((one, other) -> Long.compare(one.entrySequence, other.entrySequence))
        .map(session -> session.entry.id());
  }

  private void heard(Session session) {
    session.lastHeard = world.nanos();
    if (!session.isWatched) {
      session.isWatched = true;
      watch(session, sessionTimeout.toNanos());
    }
  }

  private void watch(Session session, long delayNanos) {
    world.afterNanos(
        delayNanos,
        () -> {
          session.isWatched = false;
          if (!sessions.containsKey(session.id) || isDown) {
            return;
          }
          long left = session.lastHeard + sessionTimeout.toNanos() - world.nanos();
          if (left <= 0) {
            end(session);
          } else {
            session.isWatched = true;
            watch(session, left);
          }
        });
  }

  private void end(Session session) {
    sessions.remove(session.id);
    world.trace(() -> "the session of " + session.node + " ends");
    if (sessions.values().stream().noneMatch(other -> other.node == session.node)) {
      network.setHidden(session.node, true);
    }
    if (session.entry != null) {
      tell();
    }
  }

  /** Lets the watches of all clients fire, each after its own delay. */
  private void tell() {
    clients.removeIf(client -> !client.node().isAlive());
    for (SimRegistry client : clients) {
      long delay = network.hopNanos() + random.nextLong(Math.max(1, slowestWatch.toNanos()));
      client.node().post(delay, client::read);
    }
  }

  /** A session with its ephemeral entry. */
  private static final class Session {
    private final long id;
    private final SimNode node;
    private Member entry;
    private long entrySequence;
    private long lastHeard;
    private boolean isWatched;

    Session(long id, SimNode node) {
      this.id = id;
      this.node = node;
    }
  }
}
