package io.porpoise.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A standalone server as a process of its own. */
final class Server implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  private final Process process;
  private final int port;
  final double readySeconds;

  private Server(Process process, int port, double readySeconds) {
    this.process = process;
    this.port = port;
    this.readySeconds = readySeconds;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param command how standalone is started; settings are appended
   */
  static Server start(List<String> command, Path data, Map<String, String> environment)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--set", "node.data=" + data, "--set", "api.port=" + port));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.redirectOutput(data.resolveSibling(data.getFileName() + ".out").toFile());
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    Process process = builder.start();
    URI ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
    HttpClient http = HttpClient.newHttpClient();
    while (!isReady(http, ready)) {
      if (!process.isAlive() || System.nanoTime() - started > READY_WITHIN.toNanos()) {
        process.destroy();
        throw new IOException(
            "the server did not become ready: "
                + Files.readString(data.resolveSibling(data.getFileName() + ".out")));
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return new Server(process, port, (System.nanoTime() - started) / 1e9);
  }

  private static boolean isReady(HttpClient http, URI ready) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The JVM itself: it may be a child of the launcher. */
  private long jvm() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .filter(handle -> handle.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElse(process.toHandle())
        .pid();
  }

  /** One field of the JVM's /proc status, e.g. VmRSS (kB) or Threads. */
  long status(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + jvm() + "/status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no " + field + " of process " + jvm());
  }

  /** Seconds of CPU that the JVM has used, its children apart. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + jvm() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
