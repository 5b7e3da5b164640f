package dev.gatun.memory;

import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bytes that the garbage collector manages, and the limit they are held to: the collector sees
/// small objects only, so without one it would let native memory run out.
final class Collected {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([kmg]?)");
  private static final long WAIT_NANOS = 500_000_000L;

  /// Negative until it is first needed, so that a bad property is reported to every caller.
  private static volatile long limit = -1;

  private Collected() {}

  static long limit() {
    if (limit < 0) {
      limit = parse(System.getProperty("gatun.gc.limit"), Runtime.getRuntime().maxMemory());
    }
    return limit;
  }

  static void setLimit(long bytes) {
    limit = bytes;
  }

  static long parse(@Nullable String value, long otherwise) {
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    Matcher size = SIZE.matcher(value.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "gatun.gc.limit: not a number of bytes: '" + value + "'; write it as 4096, 512m or 4g");
    }
    long unit = 1L << (10 * " kmg".indexOf(size.group(2))); // nothing is found at 0
    long number = Long.parseLong(size.group(1));
    return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
  }

  /// Makes room for a block, collecting garbage when the limit is reached.
  static void reserve(long bytes) {
    if (!tryReserve(bytes)) {
      reserveSlowly(bytes);
    }
  }

  private static boolean tryReserve(long bytes) {
    long most = limit();
    if (Ledger.COLLECTED.addAndGet(bytes) <= most) {
      return true;
    }
    Ledger.COLLECTED.addAndGet(-bytes);
    return false;
  }

  /// One thread collects, the others profit from it.
  private static synchronized void reserveSlowly(long bytes) {
    if (tryReserve(bytes)) {
      return;
    }
    System.gc();
    long start = System.nanoTime();
    do {
      if (tryReserve(bytes)) {
        return;
      }
      LockSupport.parkNanos(1_000_000);
    } while (System.nanoTime() - start < WAIT_NANOS);
    throw new IllegalStateException(
        "allocate: no room without an open scope: "
            + bytes
            + " bytes ("
            + Ledger.COLLECTED.get()
            + " are in use by the garbage collector, limit "
            + limit()
            + "); open a scope: try (var scope = Scope.open()), or raise -Dgatun.gc.limit");
  }

  /// Collects, and waits until the memory of what was unreachable has come back, or a moment.
  static void collect() {
    long before = Ledger.COLLECTED.get() + Ledger.SHARED.get();
    System.gc();
    long start = System.nanoTime();
    while (Ledger.COLLECTED.get() + Ledger.SHARED.get() >= before
        && System.nanoTime() - start < WAIT_NANOS / 5) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
