package io.porpoise.definition;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * When a workflow starts by itself, as its document says it. Nulls mean "not said".
 *
 * @param cron Quartz form, 6 or 7 fields; null when {@code every} is set or nothing starts it
 * @param zone of the cron, of the window, and of the base date of time expressions; null: the
 *     server's default
 * @param start local in the zone; nothing fires before
 * @param end local in the zone; nothing fires after
 * @param online whether the schedule is to be switched on; null: as soon as there is one
 */
public record ScheduleSettings(
    String cron,
    Duration every,
    ZoneId zone,
    LocalDateTime start,
    LocalDateTime end,
    Misfire misfire,
    Boolean online) {
  /** Nothing starts the workflow but people and other workflows. */
  public static final ScheduleSettings NONE =
      new ScheduleSettings(null, null, null, null, null, null, null);

  /** What happens to fire times that are found past due. */
  public enum Misfire {
    SKIP,
    FIRE_ONCE,
    FIRE_ALL
  }
}
