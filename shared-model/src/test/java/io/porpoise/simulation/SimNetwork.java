package io.porpoise.simulation;

import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.Reachability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The links between hosts, and what the bus's cluster manager knows: who serves which address.
 * Hosts are named; the database and the registry are hosts like others, so that a node can be cut
 * off from each of them.
 */
public final class SimNetwork {
  private static final long MICRO = 1_000;

  private final World world;
  private final SplittableRandom random;
  private final TreeSet<String> cuts = new TreeSet<>();
  private final TreeMap<String, List<Runnable>> heldBack = new TreeMap<>();
  private final TreeMap<String, Server> servers = new TreeMap<>();
  private final List<SimNode> ports = new ArrayList<>();
  private final TreeMap<String, List<Listener>> listeners = new TreeMap<>();
  // By identity, and only asked for membership: their order is never seen.
  private final Set<SimNode> bound = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<SimNode> hidden = Collections.newSetFromMap(new IdentityHashMap<>());
  private NetworkFaults faults = NetworkFaults.NONE;
  private UnaryOperator<Message> wire = message -> message;

  public SimNetwork(World world) {
    this.world = world;
    this.random = world.split();
  }

  public void setFaults(NetworkFaults newFaults) {
    faults = newFaults;
  }

  /**
   * What becomes of each message on the way; a real codec there and back shows what it would lose.
   */
  public void setWire(UnaryOperator<Message> newWire) {
    wire = newWire;
  }

  /** Cuts one direction of a link. */
  public void cut(String from, String to) {
    cuts.add(from + ">" + to);
    world.trace(() -> "link " + from + " -> " + to + " is cut");
  }

  public void cutBoth(String one, String other) {
    cut(one, other);
    cut(other, one);
  }

  /**
   * What comes to this direction of a link while it is cut waits, as in a socket whose line is
   * dead, and arrives when it is healed.
   */
  public void holdBack(String from, String to) {
    heldBack.putIfAbsent(from + ">" + to, new ArrayList<>());
  }

  public void heal(String from, String to) {
    String link = from + ">" + to;
    if (cuts.remove(link)) {
      world.trace(() -> "link " + from + " -> " + to + " is healed");
      List<Runnable> waiting = heldBack.remove(link);
      if (waiting != null) {
        waiting.forEach(arrival -> world.afterNanos(hopNanos(), arrival));
      }
    }
  }

  public void healBoth(String one, String other) {
    heal(one, other);
    heal(other, one);
  }

  public void healAll() {
    for (String link : List.copyOf(cuts)) {
      heal(link.substring(0, link.indexOf('>')), link.substring(link.indexOf('>') + 1));
    }
    world.trace(() -> "all links are healed");
  }

  public boolean isCut(String from, String to) {
    return !cuts.isEmpty() && cuts.contains(from + ">" + to);
  }

  /** Whether two hosts can talk in both directions. */
  public boolean isConnected(String one, String other) {
    return !isCut(one, other) && !isCut(other, one);
  }

  /** The way of one undisturbed packet. */
  public long hopNanos() {
    return 50 * MICRO + random.nextLong(950 * MICRO);
  }

  /**
   * Carries something from one node to another: it may be lost, doubled or late. What arrives runs
   * on the receiver, unless that has crashed by then.
   */
  void carry(SimNode from, SimNode to, Runnable arrival) {
    if (from.process() == to.process()) {
      to.post(10 * MICRO, arrival);
      return;
    }
    int copies = 1;
    if (faults.lost() > 0 && random.nextDouble() < faults.lost()) {
      copies--;
    }
    if (faults.doubled() > 0 && random.nextDouble() < faults.doubled()) {
      copies++;
    }
    for (int copy = 0; copy < copies; copy++) {
      long delay = hopNanos();
      if (faults.late() > 0 && random.nextDouble() < faults.late()) {
        delay += random.nextLong(1, Math.max(2, faults.latest().toNanos()));
      }
      world.afterNanos(delay, () -> arrive(from, to, arrival));
    }
  }

  private void arrive(SimNode from, SimNode to, Runnable arrival) {
    if (!isCut(from.host(), to.host())) {
      to.post(0, arrival);
      return;
    }
    List<Runnable> waiting = heldBack.get(from.host() + ">" + to.host());
    if (waiting != null) {
      waiting.add(() -> arrive(from, to, arrival));
    }
  }

  /** The port at which this life of a process listens; no other ever gets it. */
  public int open(SimNode life) {
    ports.add(life);
    return ports.size();
  }

  /**
   * What somebody hears who wants to connect to a member. Where a link is cut, a firewall may
   * refuse in the place of a process that is alive.
   */
  Reachability.Finding answer(String from, Member member) {
    if (!isConnected(from, member.host())) {
      return random.nextInt(4) == 0 ? Reachability.Finding.REFUSED : Reachability.Finding.SILENT;
    }
    return ports.get(member.busPort() - 1).isAlive()
        ? Reachability.Finding.CONNECTED
        : Reachability.Finding.REFUSED;
  }

  Message onWire(Message message) {
    return wire.apply(message);
  }

  void serve(String address, Server server) {
    servers.put(address, server);
  }

  void close(String address, SimNode node) {
    Server server = servers.get(address);
    if (server != null && server.node() == node) {
      servers.remove(address);
    }
  }

  /**
   * Who serves the address, as the cluster manager of the asker knows it: the server may have
   * crashed without having been noticed, and who is cut off from the registry does not hear that
   * somebody's entries have vanished.
   */
  Server serverOf(SimNode asker, String address) {
    Server server = servers.get(address);
    return server == null
            || (hidden.contains(server.node().process())
                && isConnected(asker.host(), SimZooKeeper.HOST))
        ? null
        : server;
  }

  void listen(String address, Listener listener) {
    listeners.computeIfAbsent(address, a -> new ArrayList<>()).add(listener);
  }

  List<Listener> listenersOf(String address) {
    List<Listener> found = listeners.computeIfAbsent(address, a -> new ArrayList<>());
    found.removeIf(listener -> !listener.node().isAlive());
    return found;
  }

  /** From now on the addresses of the node live as long as its session with the registry. */
  void bindToSession(SimNode node) {
    bound.add(node);
  }

  boolean isBoundToSession(SimNode node) {
    return bound.contains(node.process());
  }

  /** The node's entries vanish with its session, or come back with a new one. */
  void setHidden(SimNode node, boolean isHidden) {
    if (isHidden) {
      hidden.add(node);
    } else {
      hidden.remove(node);
    }
    if (!node.isAlive()) {
      servers.values().removeIf(server -> server.node().process() == node);
    }
  }

  /** A served address. */
  record Server(SimNode node, Bus.Handler handler) {}

  /** Somebody who hears what is published on an address. */
  record Listener(SimNode node, Consumer<Message> consumer) {}
}
