package io.porpoise.ui;

/**
 * How one story ended.
 *
 * @param error what went wrong, or null
 */
record Story(String name, double seconds, boolean skipped, String error) {}
