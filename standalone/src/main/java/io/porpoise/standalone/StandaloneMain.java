package io.porpoise.standalone;

import io.porpoise.node.Launcher;

/** All of Porpoise as one process. */
public final class StandaloneMain {
  private StandaloneMain() {}

  public static void main(String[] arguments) {
    Launcher.launch(new StandaloneProgram(), arguments);
  }
}
