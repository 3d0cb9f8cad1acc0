package io.porpoise.chaos.check;

import io.porpoise.processes.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/** The entries of the members, and of the event bus. */
final class ZooKeeperTraces implements AutoCloseable {
  private static final String ROOT = "/porpoise";
  private static final int SESSION_MILLIS = 10_000;
  private static final Pattern MEMBER = Pattern.compile("(master|worker|api|alert)-(.+)-(\\d+)");

  private final Deployment deployment;
  private final ZooKeeper zookeeper;

  ZooKeeperTraces(Deployment deployment) {
    this.deployment = deployment;
    try {
      zookeeper = new ZooKeeper(deployment.zookeeper(), SESSION_MILLIS, event -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The members of a role, as {@code node/incarnation}. */
  List<String> present(String role) throws InterruptedException {
    List<String> found = new ArrayList<>();
    for (String entry : children("/members")) {
      Matcher member = MEMBER.matcher(entry);
      if (member.matches() && member.group(1).equals(role)) {
        found.add(member.group(2) + "/" + member.group(3));
      }
    }
    return found;
  }

  /** One sentence each. */
  List<String> disorder() throws InterruptedException {
    List<String> found = new ArrayList<>();
    List<String> members = children("/members");
    List<String> nodes =
        members.stream()
            .map(MEMBER::matcher)
            .filter(Matcher::matches)
            .map(member -> member.group(2))
            .sorted()
            .toList();
    if (!nodes.equals(deployment.members())) {
      found.add(
          "ZooKeeper has the members %s instead of %s".formatted(members, deployment.members()));
    }
    for (String touched : children("/touch")) {
      if (!members.contains(touched)) {
        found.add("ZooKeeper has a sign of life of a member that is not there: " + touched);
      }
    }
    List<String> buses = children("/cluster/nodes");
    if (buses.size() != deployment.members().size()) {
      found.add(
          "ZooKeeper has %d nodes of the event bus instead of %d"
              .formatted(buses.size(), deployment.members().size()));
    }
    for (String address : children("/__vertx.subs")) {
      for (String registration : children("/__vertx.subs/" + address)) {
        if (buses.stream().noneMatch(registration::startsWith)) {
          found.add("ZooKeeper has a registration of nobody: " + address + "/" + registration);
        }
      }
    }
    return found;
  }

  private List<String> children(String path) throws InterruptedException {
    try {
      return zookeeper.getChildren(ROOT + path, false);
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    } catch (KeeperException e) {
      return List.of("ZooKeeper does not answer: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      zookeeper.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
