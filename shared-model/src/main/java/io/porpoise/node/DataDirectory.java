package io.porpoise.node;

import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * Where everything lasting of one process lives. Held by a lock of the operating system, which ends
 * with the process however it ends, so that two processes never share an identity, a spool or a
 * database.
 *
 * <p>{@code format} says which versions can read it, {@code lock} is locked and tells the process,
 * {@code nodes/<role>} holds node id and incarnation of each role; other directories belong to
 * whoever made them.
 */
public final class DataDirectory implements AutoCloseable {
  /** Raised when older versions could no longer read what this one writes. */
  static final String FORMAT = "1";

  private static final String ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the directory if needed and holds it.
   *
   * @throws StartFailure when it cannot be used: held by another process, of another format, not
   *     writable
   */
  public static DataDirectory open(Path configured) {
    Path path = configured.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel lockFile = lock(path);
      DataDirectory data = new DataDirectory(path, lockFile);
      try {
        data.checkFormat();
      } catch (IOException | RuntimeException e) {
        lockFile.close();
        throw e;
      }
      return data;
    } catch (IOException e) {
      throw new StartFailure(
          "data directory " + path + " cannot be used: " + describe(e) + "; see node.data", e);
    }
  }

  /** The absolute path. */
  public Path path() {
    return path;
  }

  /**
   * The next life of the node that has this role in this directory: its lasting id, and an
   * incarnation higher than all before, durable before it is used.
   *
   * @param configured the id that the node must have, if the configuration says so
   */
  public MemberId begin(Role role, Optional<String> configured) {
    Path home = path.resolve("nodes").resolve(role.name().toLowerCase(Locale.ROOT));
    try {
      Files.createDirectories(home);
      NodeId id = nodeId(home, role, configured);
      Path counter = home.resolve("incarnation");
      long incarnation = 1 + DurableFile.read(counter).map(Long::parseLong).orElse(0L);
      DurableFile.write(counter, Long.toString(incarnation));
      return new MemberId(role, id, incarnation);
    } catch (IOException e) {
      throw new StartFailure("data directory " + path + " cannot be used: " + describe(e), e);
    } catch (NumberFormatException e) {
      throw new StartFailure(
          home.resolve("incarnation")
              + " is damaged: it must hold the number of the node's last start",
          e);
    }
  }

  /** Gives the directory up. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private static FileChannel lock(Path path) throws IOException {
    Path file = path.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new StartFailure(
          "data directory %s is in use by process %s: stop it, or choose another directory with --set node.data=DIR"
              .formatted(path, DurableFile.read(file).orElse("?")));
    }
    channel.truncate(0);
    channel.write(StandardCharsets.UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
    return channel;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Held by this very process.
    }
  }

  private void checkFormat() throws IOException {
    Path file = path.resolve("format");
    Optional<String> found = DurableFile.read(file);
    if (found.isEmpty()) {
      DurableFile.write(file, FORMAT);
    } else if (!found.get().equals(FORMAT)) {
      throw new StartFailure(
          "data directory %s has format %s, this version of Porpoise needs format %s: use the version that wrote it, or another directory with --set node.data=DIR"
              .formatted(path, found.get(), FORMAT));
    }
  }

  private static NodeId nodeId(Path home, Role role, Optional<String> configured)
      throws IOException {
    Path file = home.resolve("id");
    Optional<String> kept = DurableFile.read(file);
    if (kept.isPresent() && configured.isPresent() && !kept.equals(configured)) {
      throw new StartFailure(
          "node.id is '%s' but %s belongs to node '%s': take that id, or another node.data"
              .formatted(configured.get(), home, kept.get()));
    }
    String id = kept.or(() -> configured).orElseGet(() -> newId(role));
    NodeId nodeId = valid(id, kept.isPresent() ? file.toString() : "node.id");
    if (kept.isEmpty()) {
      DurableFile.write(file, id);
    }
    return nodeId;
  }

  private static NodeId valid(String id, String where) {
    try {
      return new NodeId(id);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(where + ": " + e.getMessage());
    }
  }

  private static String newId(Role role) {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder(role.name().toLowerCase(Locale.ROOT)).append('-');
    for (int i = 0; i < 6; i++) {
      id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
    }
    return id.toString();
  }

  private static String describe(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
  }
}
