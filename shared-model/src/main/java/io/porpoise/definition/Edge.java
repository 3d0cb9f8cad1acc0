package io.porpoise.definition;

/** An arrow of the DAG, by task names. */
public record Edge(String from, String to) {}
