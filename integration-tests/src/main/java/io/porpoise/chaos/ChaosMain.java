package io.porpoise.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The entrance of {@code scripts/chaos}: a directory of its own, then the options. Ends with 0 when
 * nothing was found, 1 when something was, 2 for bad usage.
 */
public final class ChaosMain {
  private ChaosMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> all = List.of(arguments);
    ChaosOptions options;
    try {
      options =
          ChaosOptions.parse(Path.of(all.get(0)).toAbsolutePath(), all.subList(1, all.size()));
    } catch (IllegalArgumentException e) {
      System.err.println("chaos: " + e.getMessage());
      System.exit(2);
      return;
    }
    boolean isClean = new Chaos(options, System.out::println).run();
    System.exit(isClean ? 0 : 1);
  }
}
