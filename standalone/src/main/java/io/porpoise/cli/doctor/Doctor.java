package io.porpoise.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Fields;
import io.porpoise.cli.terminal.Times;
import io.porpoise.node.config.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at what Porpoise needs: the server if it runs, the clock against the server's, the database
 * and ZooKeeper of the configuration, the disk of the data directory, and the ports.
 */
public final class Doctor {
  private static final Duration SKEW_MAX = Duration.ofSeconds(2);
  private static final long FREE_BYTES_MIN = 1L << 30;
  private static final int DATABASE_PORT = 3306;
  private static final int ZOOKEEPER_PORT = 2181;

  private final ApiClient api;
  private final Config config;
  private final Path data;

  /**
   * @param data the data directory as this process would use it
   */
  public Doctor(ApiClient api, Config config, Path data) {
    this.api = api;
    this.config = config;
    this.data = data;
  }

  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    HttpResponse<byte[]> health = health(findings);
    findings.add(clock(health));
    findings.add(database());
    findings.add(zooKeeper());
    findings.add(disk());
    findings.add(port(health != null));
    return findings;
  }

  private HttpResponse<byte[]> health(List<Finding> findings) {
    try {
      HttpResponse<byte[]> health = api.tryGet("/health/ready");
      findings.add(
          health.statusCode() == 200
              ? Finding.ok("server", api.server() + " is ready")
              : Finding.bad("server", api.server() + " is not ready: " + ailing(health)));
      return health;
    } catch (CliException e) {
      findings.add(Finding.note("server", "nobody answers at " + api.server()));
      return null;
    }
  }

  private static String ailing(HttpResponse<byte[]> health) {
    try {
      List<String> bad = new ArrayList<>();
      for (JsonNode check : ApiClient.JSON.readTree(health.body()).path("checks")) {
        if (!"UP".equals(Fields.text(check, "status"))) {
          bad.add(Fields.text(check, "name") + ": " + Fields.text(check, "problem"));
        }
      }
      return bad.isEmpty() ? "it answers " + health.statusCode() : String.join(", ", bad);
    } catch (IOException e) {
      return "it answers " + health.statusCode();
    }
  }

  private static Finding clock(HttpResponse<byte[]> health) {
    Instant here = Instant.now();
    String date = health == null ? "" : health.headers().firstValue("Date").orElse("");
    String now = Times.local(here) + " here";
    if (date.isEmpty()) {
      return Finding.note("clock", now + "; no server to compare it with");
    }
    try {
      Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration skew = Duration.between(there, here);
      // The header has whole seconds, so up to one of them is no difference.
      return skew.abs().compareTo(SKEW_MAX) <= 0
          ? Finding.ok("clock", now + ", the server's agrees")
          : Finding.bad(
              "clock",
              now + ", the server's differs by " + Times.text(skew.abs()) + "; set up NTP");
    } catch (DateTimeParseException e) {
      return Finding.note("clock", now + "; the server's answer has no readable date");
    }
  }

  private Finding database() {
    String given = config.database().uri().orElse("");
    if (given.isEmpty()) {
      return Finding.note("database", "none is configured: standalone brings its own");
    }
    try {
      URI uri = URI.create(given);
      String host = uri.getHost();
      int port = uri.getPort() < 0 ? DATABASE_PORT : uri.getPort();
      try {
        return Finding.ok(
            "database", host + ":" + port + " is " + Reach.databaseVersion(host, port));
      } catch (IOException e) {
        return Finding.bad(
            "database",
            host + ":" + port + ": " + e.getMessage() + "; is it up, and database.uri right?");
      }
    } catch (IllegalArgumentException e) {
      return Finding.bad("database", "database.uri " + given + " is no URI");
    }
  }

  private Finding zooKeeper() {
    String connect = config.zookeeper().connect().orElse("");
    if (connect.isEmpty()) {
      return Finding.note("zookeeper", "none is configured: standalone brings its own");
    }
    List<String> answers = new ArrayList<>();
    boolean isThere = false;
    for (String server : connect.split("/")[0].split(",")) {
      int colon = server.lastIndexOf(':');
      String host = colon < 0 ? server : server.substring(0, colon);
      try {
        int port = colon < 0 ? ZOOKEEPER_PORT : Integer.parseInt(server.substring(colon + 1));
        answers.add(server + " " + Reach.zooKeeperMode(host, port));
        isThere = true;
      } catch (IOException | NumberFormatException e) {
        answers.add(server + ": " + e.getMessage());
      }
    }
    String text = String.join(", ", answers);
    return isThere
        ? Finding.ok("zookeeper", text)
        : Finding.bad("zookeeper", text + "; is it up, and zookeeper.connect right?");
  }

  private Finding disk() {
    try {
      Path existing = data.toAbsolutePath();
      while (existing != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      FileStore store = Files.getFileStore(existing);
      long free = store.getUsableSpace();
      String text = Times.bytes(free) + " free for " + data;
      if (!Files.isWritable(existing)) {
        return Finding.bad("disk", existing + " is not writable for this user");
      }
      return free >= FREE_BYTES_MIN
          ? Finding.ok("disk", text)
          : Finding.bad("disk", text + "; less than " + Times.bytes(FREE_BYTES_MIN));
    } catch (IOException e) {
      return Finding.bad("disk", data + ": " + e.getMessage());
    }
  }

  private Finding port(boolean isServing) {
    String host = config.api().host();
    int port = config.api().port();
    String name = host + ":" + port;
    if (port == 0 || Reach.isFree(host, port)) {
      return Finding.ok("ports", port == 0 ? "the API takes any free one" : name + " is free");
    }
    boolean isOurs = isServing && api.server().getPort() == port;
    return isOurs
        ? Finding.ok("ports", name + " is in use by the Porpoise that answers there")
        : Finding.bad("ports", name + " is in use; stop what listens there, or set api.port");
  }
}
