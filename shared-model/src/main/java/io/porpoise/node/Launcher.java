package io.porpoise.node;

import io.porpoise.node.config.Config;
import io.porpoise.node.config.ConfigException;
import io.porpoise.node.config.ConfigLoader;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code main} of every process, from the command line to "ready": exit code 2 when it was
 * called or configured wrongly, 1 when it could not start, each time with one line on standard
 * error.
 */
public final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final int BAD_USAGE = 2;
  private static final int NOT_STARTED = 1;

  private final Program program;
  private final LaunchOptions options;
  private final Map<String, String> environment;
  private final long beganNanos = System.nanoTime();

  private Launcher(Program program, LaunchOptions options, Map<String, String> environment) {
    this.program = program;
    this.options = options;
    this.environment = environment;
  }

  /** Runs the program until somebody ends the process; returns when it serves. */
  public static void launch(Program program, String... arguments) {
    Map<String, String> environment = System.getenv();
    Config config;
    Launcher launcher;
    try {
      LaunchOptions options = LaunchOptions.parse(arguments, environment);
      if (options.isHelp() || options.isVersion()) {
        print("porpoise " + program.name() + " " + NodeRuntime.version());
        print(options.isHelp() ? LaunchOptions.USAGE : "");
        return;
      }
      launcher = new Launcher(program, options, environment);
      config = launcher.load(List.of());
    } catch (ConfigException | IllegalArgumentException e) {
      complain(e.getMessage());
      System.exit(BAD_USAGE);
      return;
    }
    launcher.run(config);
  }

  private void run(Config config) {
    Stop stop = new Stop(config.node().stopTimeout());
    try {
      DataDirectory data = DataDirectory.open(config.node().data());
      stop.add("data directory", io.reactivex.rxjava3.core.Completable.fromAction(data::close));
      Path logs = config.log().directory().orElse(data.path().resolve("logs")).toAbsolutePath();
      Logging.start(config.log(), logs, program.name());
      catchStrays();
      stop.install();
      LOG.info("porpoise {} {} starts in {}", program.name(), NodeRuntime.version(), data.path());
      NodeRuntime runtime = start(config, data, stop);
      List<String> lines = new ArrayList<>();
      lines.add(
          "Porpoise %s %s is ready after %.1f s"
              .formatted(
                  program.name(), NodeRuntime.version(), (System.nanoTime() - beganNanos) / 1e9)
              .replace(',', '.'));
      lines.addAll(program.greeting(runtime));
      // In one piece: scripts wait for the first line and then look for the URL.
      Console.say(String.join("\n", lines));
    } catch (RuntimeException e) {
      LOG.info("not started", e);
      complain(StartErrors.line(e));
      stop.exit(NOT_STARTED);
    }
  }

  private NodeRuntime start(Config config, DataDirectory data, Stop stop) {
    List<String> settings = program.prepare(config, data, stop);
    Config complete = load(settings);
    return await(
        NodeRuntime.start(program.name(), complete, data, stop)
            .flatMap(runtime -> program.start(runtime).toSingleDefault(runtime))
            .toCompletionStage()
            .toCompletableFuture());
  }

  private static NodeRuntime await(java.util.concurrent.Future<NodeRuntime> start) {
    try {
      return start.get(10, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new StartFailure("the start did not come to an end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("the start was interrupted", e);
    }
  }

  private Config load(List<String> more) {
    List<String> settings = new ArrayList<>(options.settings());
    settings.addAll(more);
    return ConfigLoader.load(
        options.conf(), program.name().toLowerCase(Locale.ROOT), environment, settings);
  }

  /** What nobody else catches is at least in the log. */
  private static void catchStrays() {
    RxJavaPlugins.setErrorHandler(e -> LOG.error("an error that nobody listened for", e));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> LOG.error("thread {} failed", thread.getName(), e));
  }

  private static void print(String line) {
    if (!line.isEmpty()) {
      System.out.println(line);
    }
  }

  private static void complain(String line) {
    System.err.println("porpoise: " + line);
  }
}
