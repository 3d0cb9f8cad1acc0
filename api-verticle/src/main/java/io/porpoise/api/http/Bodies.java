package io.porpoise.api.http;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.buffer.Buffer;
import io.vertx.rxjava3.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads request bodies, bounded, and only of content types that are asked for. */
final class Bodies {
  private Bodies() {}

  /** The body of a request to this endpoint; empty when it takes none. */
  static Single<Buffer> read(HttpServerRequest request, Endpoint endpoint, long bytesMax) {
    if (endpoint.bodies().isEmpty()) {
      return Single.just(Buffer.buffer());
    }
    return Single.defer(
        () -> {
          long announced = announcedLength(request);
          if (announced > bytesMax) {
            throw tooLarge(bytesMax);
          }
          boolean hasBody = announced != 0;
          if (hasBody) {
            checkType(request, endpoint.bodies());
          } else if (!endpoint.isBodyOptional()) {
            throw Problem.bad(
                "BODY_MISSING", "The request needs a body: " + names(endpoint.bodies()) + ".");
          }
          return askToGoOn(request).andThen(collect(request, bytesMax));
        });
  }

  /** The content type without parameters, lower case; empty when there is none. */
  static String type(HttpServerRequest request) {
    String header = request.getHeader("Content-Type");
    if (header == null) {
      return "";
    }
    int parameters = header.indexOf(';');
    return (parameters < 0 ? header : header.substring(0, parameters))
        .trim()
        .toLowerCase(Locale.ROOT);
  }

  /** -1: there is one of unknown length. */
  private static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length != null) {
      // What is no number was refused by the HTTP decoder.
      return length.matches("[0-9]{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE;
    }
    return request.getHeader("Transfer-Encoding") == null ? 0 : -1;
  }

  private static void checkType(HttpServerRequest request, Set<String> types) {
    String type = type(request);
    if (!types.contains(type)) {
      throw Problem.of(
              415,
              "UNSUPPORTED_CONTENT_TYPE",
              "The body must be "
                  + names(types)
                  + ", not "
                  + (type.isEmpty() ? "without a Content-Type" : "'" + Texts.shown(type) + "'")
                  + ".")
          .withHeader("Accept", names(types));
    }
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.of(
          415, "UNSUPPORTED_CONTENT_ENCODING", "Send the body without a Content-Encoding.");
    }
    String header = request.getHeader("Content-Type").toLowerCase(Locale.ROOT);
    int charset = header.indexOf("charset=");
    if (charset >= 0
        && !header.substring(charset + 8).replace("\"", "").trim().startsWith("utf-8")) {
      throw Problem.of(415, "UNSUPPORTED_CHARSET", "The body must be in UTF-8.");
    }
  }

  private static Completable askToGoOn(HttpServerRequest request) {
    return "100-continue".equalsIgnoreCase(request.getHeader("Expect"))
        ? request.response().rxWriteContinue()
        : Completable.complete();
  }

  private static Single<Buffer> collect(HttpServerRequest request, long bytesMax) {
    return request
        .toFlowable()
        .collect(
            Buffer::buffer,
            (body, part) -> {
              if (body.length() + part.length() > bytesMax) {
                throw tooLarge(bytesMax);
              }
              body.appendBuffer(part);
            });
  }

  private static Problem tooLarge(long bytesMax) {
    return Problem.of(
            413, "BODY_TOO_LARGE", "The body is larger than " + bytesMax + " bytes; send less.")
        .withHeader("Connection", "close");
  }

  private static String names(Set<String> types) {
    return String.join(", ", new TreeSet<>(types));
  }
}
