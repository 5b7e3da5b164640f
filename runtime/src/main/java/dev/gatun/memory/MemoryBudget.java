package dev.gatun.memory;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The most bytes of native memory that the process may hold, together and outside of scopes; what
/// a scope may hold is said where it is opened, [Scope#open(String, long)].
///
/// A budget is never exceeded, however many threads ask at once. What does not fit is refused with
/// a [MemoryBudgetException], after pooled memory was given back to the system and garbage was
/// collected; everything that was there before stays usable.
///
/// ```java
/// MemoryBudget.PROCESS.setLimitBytes(2L << 30);
/// ```
public final class MemoryBudget {
  /// What tensors outside of any scope may hold: `-Dgatun.gc.limit`, or as much as the maximum
  /// heap. The garbage collector gives their memory back, and sees small objects only.
  public static final MemoryBudget COLLECTED =
      new MemoryBudget("gatun.gc.limit", Runtime.getRuntime().maxMemory(), Ledger.COLLECTED);

  /// What may be held from the system, pooled memory included: `-Dgatun.memory.limit`, or twice the
  /// maximum heap. The system itself seldom refuses: it promises more than it has and later ends
  /// the process.
  public static final MemoryBudget PROCESS =
      new MemoryBudget(
          "gatun.memory.limit",
          2 * Math.min(COLLECTED.otherwise, Long.MAX_VALUE / 2),
          Ledger.RESERVED);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([kmg]?)");

  private final String property;
  private final long otherwise;
  private final AtomicLong used;
  private volatile long limit = -1;

  private MemoryBudget(String property, long otherwise, AtomicLong used) {
    this.property = property;
    this.otherwise = otherwise;
    this.used = used;
  }

  /// Returns the limit. The property is read when the limit is first needed.
  ///
  /// @return bytes
  /// @throws IllegalArgumentException if the property is set and is not a number of bytes
  public long limitBytes() {
    long known = limit;
    if (known < 0) {
      known = parse(System.getProperty(property));
      limit = known;
    }
    return known;
  }

  /// Changes the limit. Below what is held already nothing is taken away, but nothing more is
  /// given, and what lies free in the pool goes back to the system.
  ///
  /// @param bytes the new limit, 0 or more
  /// @throws IllegalArgumentException if it is negative
  public void setLimitBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("setLimitBytes: limit is negative: " + bytes + " bytes");
    }
    limit = bytes;
    if (used.get() > bytes) {
      Pool.trim();
    }
  }

  /// Returns what is held of this budget now.
  ///
  /// @return bytes
  public long usedBytes() {
    return used.get();
  }

  /// Takes bytes from the budget, all or none of them; others see no more than was taken.
  boolean tryReserve(long bytes) {
    long most = limitBytes();
    long held = used.get();
    while (bytes <= most - held) {
      if (used.compareAndSet(held, held + bytes)) {
        return true;
      }
      held = used.get();
    }
    return false;
  }

  void release(long bytes) {
    used.getAndAdd(-bytes);
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
