package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * PyDolphinScheduler's own example files load unchanged. They are not part of this project: point
 * {@code -Dforeign.examples} at a copy of its folder {@code examples/yaml_define} and run this by
 * name ({@code -Dtest=ForeignExamplesCheck}). What they write is tested with files of our own
 * besides.
 */
class ForeignExamplesCheck {
  @Test
  void every_example_loads_or_only_asks_for_a_type_that_is_not_supported_yet() throws IOException {
    List<Path> files;
    try (var found = Files.list(Path.of(System.getProperty("foreign.examples")))) {
      files = found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      ReadResult result = DocumentReader.read(Files.readString(file), TaskTypes.all());
      assertThat(result.errors())
          .as(file.toString())
          .allMatch(error -> error.message().contains("is not supported yet; supported are:"));
      if (result.isValid()) {
        WorkflowDocument document = result.document().in(null, null);
        assertThat(CanonicalJson.read(CanonicalJson.write(document))).isEqualTo(document);
        assertThat(DocumentReader.read(YamlText.write(document), TaskTypes.all()).document())
            .isEqualTo(document);
      }
    }
  }
}
