package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedExamplesTest {
  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../conf/examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_that_ships_can_be_saved_and_shown(Path file) throws IOException {
    ReadResult result = DocumentReader.read(Files.readString(file), TaskTypes.standard());

    assertThat(result.errors()).isEmpty();
    WorkflowDocument document = result.document();
    assertThat(CanonicalJson.read(CanonicalJson.write(document)))
        .isEqualTo(document.in(null, null));
    assertThat(DocumentReader.read(YamlText.write(document), TaskTypes.standard()).document())
        .isEqualTo(document);
  }
}
