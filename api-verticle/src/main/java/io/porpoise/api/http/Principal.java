package io.porpoise.api.http;

/**
 * Who makes a request.
 *
 * @param tokenHash SHA-256 of the token that proved it
 */
public record Principal(long userId, String name, boolean isAdmin, byte[] tokenHash) {}
