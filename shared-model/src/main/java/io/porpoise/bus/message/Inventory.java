package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import java.util.List;

/**
 * All attempts of the asked slots that the worker holds, running or ended but not acknowledged.
 *
 * @param lapses how often this incarnation's lease has lapsed and begun anew
 */
public record Inventory(List<AttemptReport> attempts, List<Integer> staleSlots, long lapses)
    implements Message {}
