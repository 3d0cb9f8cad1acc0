package io.porpoise.node.config;

/**
 * The first user.
 *
 * @param password given to {@code user} when the user table is empty; empty: standalone takes
 *     {@code porpoise123}, a cluster's first API node refuses to start
 */
public record AdminConfig(@Setting("admin") String user, @Setting("") Secret password) {}
