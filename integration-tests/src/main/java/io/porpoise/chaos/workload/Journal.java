package io.porpoise.chaos.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the attempts did, as they wrote it down themselves: one file to which all of them append,
 * one at a time, so that its order is the order in which things happened.
 *
 * <p>The script {@code effect.sh} that every task runs says how.
 */
public final class Journal {
  /** What a line tells. */
  public enum Kind {
    START,
    END,
    /** It started while another attempt of its task was alive. */
    OVERLAP,
    /** It was not given what it should have been. */
    WRONG_INPUT
  }

  /**
   * One line.
   *
   * @param micros wall clock
   * @param detail START: the tag of the start; END: the exit code; WRONG_INPUT: what it was given
   */
  public record Entry(
      Kind kind,
      String instance,
      String task,
      String attempt,
      String worker,
      long pid,
      long micros,
      String detail) {
    private static final int WORDS = 8;

    static Entry parse(String line) {
      String[] words = line.split(" ", WORDS);
      if (words.length != WORDS) {
        throw new IllegalStateException("not a line of the journal: " + line);
      }
      return new Entry(
          Kind.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_')),
          words[1],
          words[2],
          words[3],
          words[4],
          Long.parseLong(words[5]),
          Long.parseLong(words[6]),
          words[7]);
    }
  }

  private final Path directory;

  private Journal(Path directory) {
    this.directory = directory;
  }

  /**
   * @param directory of its own, made if need be
   */
  public static Journal in(Path directory) {
    try (InputStream script = Journal.class.getResourceAsStream("effect.sh")) {
      Files.createDirectories(directory.resolve("locks"));
      Files.createDirectories(directory.resolve("failures"));
      Files.write(directory.resolve("effect.sh"), script.readAllBytes());
      return new Journal(directory.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the order in which they were written. */
  public List<Entry> entries() {
    Path file = directory.resolve("journal");
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Entry::parse).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command of a task; it uses no quotation marks. */
  String command(WorkflowPlan workflow, TaskPlan task) {
    StringBuilder command = new StringBuilder("exec bash " + directory.resolve("effect.sh"));
    command.append(String.format(Locale.ROOT, " %.3f", task.millis() / 1000.0));
    command.append(' ').append(task.failures());
    command.append(' ').append(task.isStubborn() ? "stubborn" : "docile");
    command.append(" ${tag}");
    for (String before : task.deps()) {
      TaskPlan source = workflow.task(before);
      command.append(' ').append(before).append("=${").append(source.output()).append('}');
    }
    return command.toString();
  }
}
