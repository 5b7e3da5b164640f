package dev.gatun.memory;

import java.util.Set;
import jdk.jfr.SettingControl;

/// A number of bytes as a setting of an event: `1048576`, `512k`, `1m`.
final class MinimumSize extends SettingControl {
  private static final String USUAL = "1m";

  private volatile String value = USUAL;
  private volatile long bytes = MemoryBudget.PROCESS.parse(USUAL);

  MinimumSize() {}

  long bytes() {
    return bytes;
  }

  /// Of several recordings, the one that asks for most.
  @Override
  public String combine(Set<String> settings) {
    String least = null;
    for (String setting : settings) {
      if (least == null || parse(setting) < parse(least)) {
        least = setting;
      }
    }
    return least == null ? USUAL : least;
  }

  @Override
  public void setValue(String setting) {
    bytes = parse(setting);
    value = setting;
  }

  @Override
  public String getValue() {
    return value;
  }

  /// What is not a number of bytes cannot be refused here: the recorder would drop the message.
  private static long parse(String setting) {
    try {
      return MemoryBudget.PROCESS.parse(setting);
    } catch (IllegalArgumentException _) {
      return MemoryBudget.PROCESS.parse(USUAL);
    }
  }
}
