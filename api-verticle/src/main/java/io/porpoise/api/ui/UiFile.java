package io.porpoise.api.ui;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * One file of the UI.
 *
 * @param gzip the same compressed, or null where that saves nothing
 * @param etag of the plain content; the compressed one has its own
 * @param isHashed its name changes with its content, so that it may be kept for ever
 */
record UiFile(String contentType, Buffer plain, Buffer gzip, String etag, boolean isHashed) {
  /** Where the build puts what has a hash in its name. */
  static final String HASHED = "/assets/";

  private static final String BINARY = "application/octet-stream";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"));

  static UiFile of(String path, Buffer plain, Buffer gzip) {
    String type = TYPES.getOrDefault(extension(path), BINARY);
    return new UiFile(type, plain, gzip, hash(plain), path.startsWith(HASHED));
  }

  /** Of the last piece of a path, in lower case; empty when it has none. */
  static String extension(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String hash(Buffer content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
