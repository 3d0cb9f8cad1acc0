package io.porpoise.processes;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Where a running Porpoise can be reached, and looked at from outside. */
public interface Deployment {
  /** Where the API nodes serve that have told so; it changes when one is restarted. */
  List<URI> apis();

  String adminPassword();

  /** As {@code database.uri} takes it. */
  String databaseUri();

  String databaseUser();

  String databasePassword();

  /** As {@code zookeeper.connect} takes it. */
  String zookeeper();

  /** Below which the data of all nodes is. */
  Path directory();

  /** The node ids of all members that ought to be there, sorted. */
  List<String> members();
}
