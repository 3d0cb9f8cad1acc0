package io.porpoise.alert;

import io.porpoise.node.Launcher;

/** An alert node as a process of its own. */
public final class AlertMain {
  private AlertMain() {}

  public static void main(String[] arguments) {
    Launcher.launch(new AlertProgram(), arguments);
  }
}
