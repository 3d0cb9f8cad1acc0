package io.porpoise.worker.intake;
public final class Planted { public io.porpoise.store.Journal s; }
