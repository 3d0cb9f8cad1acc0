package io.porpoise.api.ui;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the UI, by the path at which they are served. */
public final class UiFiles {
  /** The folder on the class path; the build lists there what it has made. */
  private static final String FOLDER = "/webroot";

  private static final String LIST = FOLDER + "/files.txt";
  private static final String PAGE = "/index.html";
  private static final String COMPRESSED = ".gz";

  private final Map<String, UiFile> files = new HashMap<>();

  private UiFiles(Map<String, Buffer> contents) {
    contents.forEach(
        (path, plain) -> {
          if (!path.endsWith(COMPRESSED)) {
            files.put(path, UiFile.of(path, plain, contents.get(path + COMPRESSED)));
          }
        });
  }

  /**
   * @param contents by path, with a slash before it; one that ends with {@code .gz} is the other
   *     form of the one without
   */
  static UiFiles of(Map<String, Buffer> contents) {
    return new UiFiles(contents);
  }

  /** What the build put on the class path, nothing if it was built without; blocks. */
  public static UiFiles load() {
    Map<String, Buffer> contents = new HashMap<>();
    for (String path : listed()) {
      contents.put(path, content(FOLDER + path).orElseThrow(() -> new IllegalStateException(path)));
    }
    return new UiFiles(contents);
  }

  private static List<String> listed() {
    return content(LIST)
        .map(list -> list.toString(StandardCharsets.UTF_8).lines().toList())
        .orElse(List.of());
  }

  private static Optional<Buffer> content(String resource) {
    try (InputStream file = UiFiles.class.getResourceAsStream(resource)) {
      return file == null ? Optional.empty() : Optional.of(Buffer.buffer(file.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page that all views share; empty when the UI was not built. */
  Optional<UiFile> page() {
    return Optional.ofNullable(files.get(PAGE));
  }

  /** Only what is listed has a path, so that no path leads out of the folder. */
  Optional<UiFile> find(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
