package io.porpoise.node.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is written where about the process itself. (Logs of tasks are the worker's.)
 *
 * @param level of the file
 * @param console level of the console, besides the few lines that are meant for whoever starts the
 *     process
 * @param format of the file, and of the console when it is JSON
 * @param directory empty: {@code logs} in the data directory
 * @param fileSize after that the file is rolled
 * @param files how many rolled files are kept
 */
public record LogConfig(
    @Setting("info") Level level,
    @Setting("warn") Level console,
    @Setting("plain") Format format,
    @Setting("") Optional<Path> directory,
    @Setting(value = "32MiB", min = "64KiB", max = "4GiB") ByteSize fileSize,
    @Setting(value = "5", min = "1", max = "1000") int files) {
  /** From which severity on. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF
  }

  /** How a line looks. */
  public enum Format {
    PLAIN,
    JSON
  }
}
