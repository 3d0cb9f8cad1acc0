package io.porpoise.master;

import io.porpoise.node.Launcher;

/** A master as a process of its own. */
public final class MasterMain {
  private MasterMain() {}

  public static void main(String[] arguments) {
    Launcher.launch(new MasterProgram(), arguments);
  }
}
