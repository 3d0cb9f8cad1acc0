package io.porpoise.definition.document;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Documents as YAML for people; reading it gives the same document again. */
public final class YamlText {
  // The core schema quotes texts such as True and ~, which a reader would otherwise take for flags
  // and nothing.
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setSchema(new CoreSchema())
          .setWidth(120)
          .setSplitLines(false)
          .setIndent(2)
          .setIndicatorIndent(0)
          .setDereferenceAliases(true)
          .build();

  private YamlText() {}

  public static String write(WorkflowDocument document) {
    return new Dump(SETTINGS).dumpToString(DocumentTree.of(document, true, YamlText::spelling));
  }

  private static String spelling(String typeName) {
    TaskType type = TaskTypes.all().find(typeName);
    return type == null ? typeName : type.spelling();
  }
}
