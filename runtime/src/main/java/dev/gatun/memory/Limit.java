package dev.gatun.memory;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A number of bytes that a system property sets. It is read when first needed, so that a value
/// that is none is reported to every caller and not as a class that cannot be initialized.
final class Limit {
  /// What the garbage collector may manage.
  static final Limit COLLECTED = new Limit("gatun.gc.limit", Runtime.getRuntime().maxMemory());

  /// What may be held from the system, pooled memory included. The system itself seldom refuses: it
  /// promises more than it has and later ends the process.
  static final Limit PROCESS =
      new Limit("gatun.memory.limit", 2 * Math.min(COLLECTED.otherwise, Long.MAX_VALUE / 2));

  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([kmg]?)");

  private final String property;
  private final long otherwise;
  private volatile long bytes = -1;

  private Limit(String property, long otherwise) {
    this.property = property;
    this.otherwise = otherwise;
  }

  long bytes() {
    if (bytes < 0) {
      bytes = parse(System.getProperty(property));
    }
    return bytes;
  }

  void set(long value) {
    bytes = value;
  }

  long parse(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    Matcher size = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new IllegalArgumentException(
          property + ": not a number of bytes: '" + value + "'; write it as 4096, 512m or 4g");
    }
    long unit = 1L << (10 * " kmg".indexOf(size.group(2))); // nothing is found at 0
    long number = Long.parseLong(size.group(1));
    return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
  }
}
