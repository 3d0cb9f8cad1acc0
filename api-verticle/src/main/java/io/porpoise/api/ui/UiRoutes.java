package io.porpoise.api.ui;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Routes;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The routes of the UI: its files, and its page for every address that a person may open. */
public final class UiRoutes {
  /** Never a view of the UI. */
  private static final Pattern MACHINES =
      Pattern.compile("/(api|health|metrics|openapi\\.json|assets)(/.*)?");

  /** Styles may stand inside, because the components set them; scripts may not. */
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " font-src 'self' data:; worker-src 'self' blob:; connect-src 'self';"
          + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final String KEPT_FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASKED_AGAIN = "no-cache";
  private static final String PLAIN_PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Porpoise</title>
      <style>body{font:16px/1.5 sans-serif;max-width:42em;margin:3em auto;padding:0 1em}</style>
      </head><body><h1>Porpoise</h1>
      <p>This is the API of a Porpoise %s node. Its user interface was not built (<code>-Dui.skip</code>);
      use the command line (<code>scripts/porpoise</code>) or HTTP, or build it without that option.</p>
      <ul>
      <li><code>/api/v1</code>: the API; log in with <code>POST /api/v1/login</code></li>
      <li><code>/api/v1/stream</code>: live instances and logs, as a WebSocket</li>
      <li><a href="/openapi.json">/openapi.json</a>: every call, described</li>
      <li><a href="/health/ready">/health/ready</a>, <a href="/health/live">/health/live</a>: health</li>
      <li><a href="/metrics">/metrics</a>: metrics for Prometheus</li>
      </ul></body></html>
      """;

  private final UiFiles files;
  private final Buffer plainPage;

  public UiRoutes(UiFiles files, String version) {
    this.files = files;
    this.plainPage = Buffer.buffer(PLAIN_PAGE.formatted(version));
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/", this::page).open().anyQuery());
  }

  /** What answers for every path that nothing else serves. */
  public Endpoint elsewhere() {
    return Endpoint.get("/*", this::elsewhere).open().anyQuery();
  }

  private Single<Answer> page(Call call) {
    return Single.just(
        files
            .page()
            .map(page -> file(call.request(), page))
            .orElseGet(() -> Answer.of(200, "text/html; charset=utf-8", plainPage)));
  }

  private Single<Answer> elsewhere(Call call) {
    HttpServerRequest request = call.request();
    Optional<UiFile> found = files.find(request.path());
    if (found.isEmpty() && isView(request)) {
      found = files.page();
    }
    return found
        .map(file -> Single.just(file(request, file)))
        .orElseGet(() -> Single.just(Answer.problem(Routes.noSuchPath())));
  }

  /**
   * Whether a person may have opened this address. Who does not say that a page is wanted gets one
   * unless the address looks like a file, which then is one that is not there.
   */
  private static boolean isView(HttpServerRequest request) {
    if (MACHINES.matcher(request.path()).matches()) {
      return false;
    }
    String accept = request.getHeader("Accept");
    String wanted = accept == null ? "*/*" : accept.toLowerCase(Locale.ROOT);
    return wanted.contains("text/html")
        || (wanted.contains("*/*") && UiFile.extension(request.path()).isEmpty());
  }

  private static Answer file(HttpServerRequest request, UiFile file) {
    boolean isCompressed = file.gzip() != null && takesGzip(request);
    String etag = '"' + file.etag() + (isCompressed ? "-gz" : "") + '"';
    Buffer content = isCompressed ? file.gzip() : file.plain();
    Answer answer =
        isKnown(request, etag)
            ? response -> response.setStatusCode(304).rxEnd()
            : Answer.of(200, file.contentType(), content);
    if (isCompressed) {
      answer = answer.with("Content-Encoding", "gzip");
    }
    return answer
        .with("ETag", etag)
        .with("Vary", "Accept-Encoding")
        .with("Cache-Control", file.isHashed() ? KEPT_FOR_EVER : ASKED_AGAIN)
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Content-Security-Policy", POLICY);
  }

  private static boolean isKnown(HttpServerRequest request, String etag) {
    String known = request.getHeader("If-None-Match");
    return known != null
        && Arrays.stream(known.split(","))
            .map(tag -> tag.strip().replaceFirst("^W/", ""))
            .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
  }

  private static boolean takesGzip(HttpServerRequest request) {
    String encodings = request.getHeader("Accept-Encoding");
    return encodings != null
        && Arrays.stream(encodings.toLowerCase(Locale.ROOT).split(","))
            .map(encoding -> encoding.replace(" ", ""))
            .anyMatch(encoding -> encoding.matches("gzip(;q=(0?\\.[0-9]*[1-9][0-9]*|1(\\.0*)?))?"));
  }
}
