package io.porpoise.spine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The command line as people call it: real processes, exit codes, one line on standard error. */
abstract class CommandLineContract {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  abstract Http http();

  /** What one call did. */
  record Said(int exit, String out, String err) {}

  @Test
  void a_file_is_applied_run_followed_and_looked_at() throws Exception {
    Said applied = porpoise("workflow", "apply", "conf/examples/tutorial.yaml");
    assertThat(applied.exit()).as(applied.err()).isZero();

    Said run = porpoise("run", "tutorial", "--project", "tutorial", "--wait", "--follow");
    assertThat(run.exit()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("SUCCEEDED");

    Said list = porpoise("instance", "list", "-o", "json");
    var newest = new ObjectMapper().readTree(list.out()).get("items").get(0);
    String id = newest.get("id").asText();
    assertThat(newest.get("workflow").asText()).isEqualTo("tutorial");
    assertThat(porpoise("instance", "get", id).out()).contains("SUCCEEDED");
    assertThat(porpoise("why", id).out()).contains("SUCCEEDED");
    String task = http().instance(id).get("tasks").get(0).get("id").asText();
    assertThat(porpoise("logs", task).out()).isEqualTo(RunContract.text(http().log(task)));
    assertThat(porpoise("cluster").out()).contains("master").contains("worker");
  }

  @Test
  void a_failed_run_exits_with_one() throws Exception {
    Path file = Files.createTempFile("porpoise", ".yaml");
    Files.writeString(
        file,
        "workflow: {name: doomed, project: tutorial}\n"
            + "tasks:\n  - {name: a, task_type: Shell, command: exit 3}\n");
    porpoise("workflow", "apply", file.toString());

    Said run = porpoise("run", "doomed", "--project", "tutorial", "--wait");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out() + run.err()).contains("FAILED");
  }

  @Test
  void a_bad_file_is_told_with_its_line_and_bad_usage_exits_with_two() throws Exception {
    Path file = Files.createTempFile("porpoise", ".yaml");
    Files.writeString(
        file, "workflow: {name: x}\ntasks:\n  - {name: a, task_type: Shell, comand: y}\n");

    Said invalid = porpoise("workflow", "validate", file.toString());
    assertThat(invalid.exit()).isNotZero();
    assertThat(invalid.out() + invalid.err()).contains("comand").contains("command").contains("3");

    assertThat(porpoise("run").exit()).isEqualTo(2);
    assertThat(porpoise("nonsense").exit()).isEqualTo(2);
    Said missing = porpoise("instance", "get", "999999");
    assertThat(missing.exit()).isNotZero();
    assertThat(missing.err().lines()).hasSize(1);
  }

  private Said porpoise(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("scripts/porpoise"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("porpoise", ".out");
    Path err = Files.createTempFile("porpoise", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(HOME.toFile());
    builder.environment().put("PORPOISE_SERVER", http().server().toString());
    builder.environment().put("PORPOISE_TOKEN", http().token());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + command);
    }
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
