package io.porpoise.worker.spool;

import io.porpoise.worker.task.Launch;
import java.util.Set;
import java.util.regex.Pattern;

/** The bash fragment by which the keeper starts a process, in an {@link AttemptFile}. */
final class LaunchFile {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** The keeper's shell cannot set these, or would change its own ways by them. */
  private static final Set<String> RESERVED =
      Set.of(
          "BASHOPTS",
          "BASH_VERSINFO",
          "BASH_ARGC",
          "BASH_ARGV",
          "EUID",
          "PPID",
          "SHELLOPTS",
          "UID",
          "IFS",
          "GROUPS",
          "FUNCNAME",
          "DIRSTACK",
          "POSIXLY_CORRECT",
          "PORPOISE_ATTEMPT",
          "_");

  private LaunchFile() {}

  /**
   * @param id the attempt's directory as the keeper sees it
   */
  static String text(String id, Launch launch) {
    StringBuilder text = new StringBuilder(512);
    text.append("cd ").append(id).append("/work || exit 126\n");
    launch.environment().forEach((name, value) -> export(text, name, value));
    text.append("exec");
    for (String argument : launch.arguments()) {
      quote(text.append(' '), argument);
    }
    return text.append('\n').toString();
  }

  /** Names that no shell can set are left out; bash would not pass them on either. */
  private static void export(StringBuilder text, String name, String value) {
    if (NAME.matcher(name).matches() && !RESERVED.contains(name)) {
      quote(text.append("export ").append(name).append('='), value);
      text.append('\n');
    }
  }

  private static void quote(StringBuilder text, String value) {
    text.append('\'').append(value.replace("'", "'\\''").replace("\0", "")).append('\'');
  }
}
