package io.porpoise.api;

import io.porpoise.node.Launcher;

/** An API node as a process of its own. */
public final class ApiMain {
  private ApiMain() {}

  public static void main(String[] arguments) {
    Launcher.launch(ApiProgram.ofCluster(), arguments);
  }
}
