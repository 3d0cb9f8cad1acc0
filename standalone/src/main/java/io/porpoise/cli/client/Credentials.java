package io.porpoise.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porpoise.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of {@code porpoise login}, one a server, in a file that only its owner can read:
 * {@code ~/.config/porpoise/tokens.json}, or below {@code XDG_CONFIG_HOME}.
 */
public final class Credentials {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public Credentials(Path directory) {
    this.file = directory.resolve("tokens.json");
  }

  /** The directory in which this user's files of the command line are. */
  public static Path directory(Map<String, String> environment) {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base =
        config.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(config);
    return base.resolve("porpoise");
  }

  public Path file() {
    return file;
  }

  public Optional<String> tokenOf(String server) {
    return Optional.ofNullable(read().path(server).path("token").textValue());
  }

  public void save(String server, String user, String token, String expires) {
    ObjectNode all = read();
    all.putObject(server).put("user", user).put("token", token).put("expires", expires);
    try {
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path next =
          Files.createTempFile(
              file.getParent(),
              "tokens",
              ".json",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), all);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      throw CliException.failure("cannot keep the token in " + file + ": " + e.getMessage(), e);
    }
  }

  private ObjectNode read() {
    try {
      return JSON.readTree(file.toFile()) instanceof ObjectNode all ? all : JSON.createObjectNode();
    } catch (JsonProcessingException e) {
      throw CliException.failure(file + " is damaged; remove it and log in again", e);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}
