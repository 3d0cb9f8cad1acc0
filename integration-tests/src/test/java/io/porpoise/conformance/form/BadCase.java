package io.porpoise.conformance.form;

/** A case file that is not of the form; the message begins with file and line. */
public final class BadCase extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadCase(String place, String message) {
    super(place + ": " + message);
  }
}
