package io.porpoise.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.porpoise.processes.ServerProcess;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a person does in the browser. Each story is a test; pictures are in target/ui. */
class BrowserTest {
  @TestFactory
  Stream<DynamicTest> stories() throws Exception {
    assumeTrue(System.getProperty("ui.skip") == null, "built without the UI: -Dui.skip");
    List<Story> told;
    try (ServerProcess server =
        ServerProcess.standalone(ServerProcess.directory("ui").resolve("data"))) {
      told = Stories.tell(server.url(), "admin", "porpoise123");
    }
    return told.stream().map(story -> DynamicTest.dynamicTest(story.name(), () -> judge(story)));
  }

  private static void judge(Story story) {
    assumeFalse(story.skipped(), "left out");
    assertEquals("", story.error() == null ? "" : story.error());
  }
}
