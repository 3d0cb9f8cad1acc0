package io.porpoise.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One file of statements, which once released never changes.
 *
 * @param name of the file; it begins with the version in four digits
 */
record Migration(int version, String name, String checksum, List<String> statements) {
  /** The file with this name beside this class. */
  static Migration load(String name) {
    try (InputStream in = Migration.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Statements end with a semicolon at the end of a line; lines that begin with {@code --} are
   * comments.
   */
  static Migration parse(String name, String text) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith("--") || line.isBlank()) {
        continue;
      }
      statement.append(line.stripTrailing()).append('\n');
      if (line.stripTrailing().endsWith(";")) {
        statement.setLength(statement.lastIndexOf(";"));
        statements.add(statement.toString());
        statement.setLength(0);
      }
    }
    if (!statement.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": its last statement does not end with a semicolon");
    }
    return new Migration(
        Integer.parseInt(name.substring(0, 4)), name, checksum(text), List.copyOf(statements));
  }

  private static String checksum(String text) {
    try {
      byte[] plain = String.join("\n", text.lines().toList()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
