package io.porpoise.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Network namespaces for some members of a cluster, each with a cable to a bridge on this machine
 * that can be pulled. ZooKeeper and the database, which serve loopback only, are reached through
 * relays on the bridge; the other members must have {@link #mainland} as their {@code
 * cluster.host}.
 *
 * <p>Needs root and the command {@code ip}. What a killed run has left is tidied away by the next.
 */
final class Islands implements AutoCloseable {
  private static final Pattern OURS = Pattern.compile("\\bpp(\\d+)([bn])\\d*\\b");
  private static final int ISLANDS_MAX = 200;

  private final String prefix = "pp" + ProcessHandle.current().pid();
  private final String bridge = prefix + "b";
  private final String network;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Relay> relays = new ArrayList<>();

  private Islands(String network) {
    this.network = network;
  }

  /** Why this machine cannot do it, if it cannot. */
  static Optional<String> unavailable() {
    try {
      tidy();
      String probe = "pp" + ProcessHandle.current().pid() + "n0";
      ip("netns add " + probe);
      try {
        ip("link add " + probe + " type veth peer name eth1 netns " + probe);
        ip("link add pp" + ProcessHandle.current().pid() + "b type bridge");
        ip("link del pp" + ProcessHandle.current().pid() + "b");
        ip("netns exec " + probe + " true");
      } finally {
        ip("netns del " + probe);
      }
      return Optional.empty();
    } catch (IOException | IllegalStateException e) {
      return Optional.of("network namespaces cannot be used here: " + e.getMessage());
    }
  }

  /** A bridge without islands yet. */
  static Islands create() throws IOException {
    Islands islands = new Islands(freeNetwork());
    ip("link add " + islands.bridge + " type bridge");
    ip("addr add " + islands.mainland() + "/24 dev " + islands.bridge);
    ip("link set " + islands.bridge + " up");
    return islands;
  }

  /** The address of this machine that the islands can reach. */
  String mainland() {
    return network + ".1";
  }

  /**
   * Makes an island for a member.
   *
   * @return the options with which {@code scripts/cluster start} puts the member there
   */
  List<String> settle(String member, Deployment deployment) throws IOException {
    int number = numbers.size() + 1;
    if (number > ISLANDS_MAX) {
      throw new IllegalStateException("too many islands");
    }
    numbers.put(member, number);
    String name = namespace(member);
    String address = network + "." + (number + 1);
    ip("netns add " + name);
    ip("link add " + name + " type veth peer name eth1 netns " + name);
    ip("link set " + name + " master " + bridge);
    ip("link set " + name + " up");
    ip("-n " + name + " addr add " + address + "/24 dev eth1");
    ip("-n " + name + " link set eth1 up");
    ip("-n " + name + " link set lo up");
    String database =
        deployment
            .databaseUri()
            .replaceFirst("127\\.0\\.0\\.1:\\d+", relay(deployment.databaseUri()));
    return List.of(
        "--inside",
        "ip netns exec " + name,
        "--",
        "--set",
        "cluster.host=" + address,
        "--set",
        "zookeeper.connect=" + relay(deployment.zookeeper()),
        "--set",
        "database.uri=" + database);
  }

  /** Pulls the cable: nothing goes in or out any more, and nobody is told. */
  void cut(String member) throws IOException {
    ip("link set " + namespace(member) + " down");
  }

  /** Puts the cable back. */
  void mend(String member) throws IOException {
    ip("link set " + namespace(member) + " up");
  }

  @Override
  public void close() throws IOException {
    relays.forEach(Relay::close);
    for (String member : numbers.keySet()) {
      ip("netns del " + namespace(member));
    }
    ip("link del " + bridge);
  }

  private String namespace(String member) {
    return prefix + "n" + numbers.get(member);
  }

  /** The address at which the islands reach what serves this port on loopback. */
  private String relay(String loopback) throws IOException {
    Matcher port = Pattern.compile("127\\.0\\.0\\.1:(\\d+)").matcher(loopback);
    if (!port.find()) {
      throw new IllegalStateException("not on loopback: " + loopback);
    }
    Relay relay = new Relay(mainland(), Integer.parseInt(port.group(1)));
    relays.add(relay);
    return mainland() + ":" + relay.port();
  }

  private static String freeNetwork() throws IOException {
    String taken = ip("-o addr");
    int first = (int) (ProcessHandle.current().pid() % 256);
    for (int i = 0; i < 256; i++) {
      String network = "10.231." + (first + i) % 256;
      if (!taken.contains(" " + network + ".")) {
        return network;
      }
    }
    throw new IllegalStateException("all networks in 10.231.0.0/16 are taken");
  }

  private static void tidy() throws IOException {
    Matcher found = OURS.matcher(ip("netns list") + ip("-o link"));
    List<String> gone = new ArrayList<>();
    while (found.find()) {
      boolean isAlive = ProcessHandle.of(Long.parseLong(found.group(1))).isPresent();
      if (!isAlive && !gone.contains(found.group())) {
        gone.add(found.group());
        boolean isBridge = found.group(2).equals("b");
        run(List.of("ip", isBridge ? "link" : "netns", "del", found.group()));
      }
    }
  }

  private static String ip(String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments.split(" ")));
    Outcome outcome = run(command);
    if (outcome.exitCode != 0) {
      throw new IllegalStateException(
          "ip " + arguments + ": " + outcome.output.strip() + " (" + outcome.exitCode + ")");
    }
    return outcome.output;
  }

  private record Outcome(int exitCode, String output) {}

  private static Outcome run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (java.io.InputStream out = process.getInputStream()) {
      String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new Outcome(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
