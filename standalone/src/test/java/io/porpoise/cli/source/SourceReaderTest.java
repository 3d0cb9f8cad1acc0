package io.porpoise.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.cli.terminal.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Placeholders of the author's machine. */
class SourceReaderTest {
  @TempDir Path directory;

  @Test
  void a_file_without_placeholders_is_sent_as_it_is() throws Exception {
    String text = "workflow:\n  name: w # a comment\n  project: p\ntasks:\n  - {name: a}\n";

    WorkflowSource source = read(text);

    assertThat(source.text()).isEqualTo(text);
    assertThat(source.name()).isEqualTo("w");
    assertThat(source.project()).isEqualTo("p");
  }

  @Test
  void values_are_resolved_and_every_line_stays_where_it_was() throws Exception {
    Files.writeString(directory.resolve("script.sh"), "echo \"a: b\"\n# not a comment\n");
    String text =
        """
        workflow:
          name: w
        tasks:
          - name: a
            command: $FILE{"script.sh"}
            fail_retry_times: $ENV{RETRIES}
          - name: b
            command: |
              echo $ENV{WHO} and ${CONFIG.WORKFLOW_PROJECT}
              echo "${untouched}" $[yyyyMMdd]
            flag: "YES"
          - name: ü 😀
            command: "$ENV{WHO}"
        """;

    WorkflowSource source = read(text);

    Map<?, ?> loaded = (Map<?, ?>) load(source.text());
    List<?> tasks = (List<?>) loaded.get("tasks");
    assertThat(tasks.get(0))
        .isEqualTo(
            Map.of(
                "name", "a",
                "command", "echo \"a: b\"\n# not a comment\n",
                "fail_retry_times", 3));
    assertThat(tasks.get(1))
        .isEqualTo(
            Map.of(
                "name", "b",
                "command", "echo me & you and demo\necho \"${untouched}\" $[yyyyMMdd]\n",
                "flag", "YES"));
    assertThat(tasks.get(2)).isEqualTo(Map.of("name", "ü 😀", "command", "me & you"));
    List<String> lines = source.text().lines().toList();
    assertThat(lines.indexOf("    flag: \"YES\""))
        .isEqualTo(text.lines().toList().indexOf("    flag: \"YES\""));
    assertThat(lines).hasSameSizeAs(text.lines().toList());
  }

  @Test
  void a_workflow_that_is_referred_to_comes_along() throws Exception {
    Files.writeString(directory.resolve("child.yaml"), "workflow: {name: child}\n");

    WorkflowSource source =
        read("workflow: {name: w}\ntasks:\n  - workflow_name: $WORKFLOW{\"child.yaml\"}\n");

    assertThat(source.needs()).extracting(WorkflowSource::name).containsExactly("child");
    assertThat(source.text()).contains("workflow_name: child\n");
  }

  @Test
  void a_workflow_that_refers_to_itself_is_refused() {
    assertThatThrownBy(
            () -> read("workflow: {name: w}\ntasks:\n  - workflow_name: $WORKFLOW{\"w.yaml\"}\n"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("leads back");
  }

  @Test
  void what_is_missing_is_named_with_the_remedy() {
    assertThatThrownBy(() -> read("a: $ENV{NOT_THERE}\n"))
        .hasMessageContaining("$ENV{NOT_THERE}")
        .hasMessageContaining("export NOT_THERE");
    assertThatThrownBy(() -> read("a: ${CONFIG.NOT_THERE}\n"))
        .hasMessageContaining("PYDS_NOT_THERE");
    assertThatThrownBy(() -> read("a: $FILE{\"none.sh\"}\n"))
        .hasMessageContaining("none.sh: no such file");
  }

  @Test
  void what_is_no_yaml_is_left_to_the_server() throws Exception {
    String text = "workflow: [\n  $ENV{NOT_THERE}\n";

    assertThat(read(text).text()).isEqualTo(text);
  }

  private WorkflowSource read(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("w.yaml"), text);
    Map<String, String> environment =
        Map.of("RETRIES", "3", "WHO", "me & you", "PYDS_WORKFLOW_PROJECT", "demo");
    return new SourceReader(new AuthorSettings(environment, directory)).read(file);
  }

  private static Object load(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }
}
