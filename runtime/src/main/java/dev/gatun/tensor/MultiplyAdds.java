package dev.gatun.tensor;

import com.google.errorprone.annotations.MustBeClosed;
import org.jspecify.annotations.Nullable;

/// Counts the multiplications, each with its addition, that products and convolutions compute on
/// this thread while it is open: what people call the multiply-adds of a network. Two such regions
/// may nest; the inner one's work counts for both.
///
/// ```java
/// try (var work = MultiplyAdds.open()) {
///   Tensor y = net.forward(x);
///   IO.println(work.count());
/// }
/// ```
///
/// Operations count by their shapes, as if no element was known to be zero. Elementwise operations
/// and reductions count nothing.
public final class MultiplyAdds implements AutoCloseable {
  private static final ThreadLocal<@Nullable MultiplyAdds> INNERMOST = new ThreadLocal<>();

  /// How many are open in the process, so that operations need not look for one of their thread.
  private static volatile int open;

  private final Thread owner = Thread.currentThread();
  private final @Nullable MultiplyAdds around = INNERMOST.get();
  private long count;
  private boolean closed;

  private MultiplyAdds() {}

  /// Starts to count on this thread.
  ///
  /// @return to be closed on this thread, innermost first
  @MustBeClosed
  public static MultiplyAdds open() {
    MultiplyAdds region = new MultiplyAdds();
    INNERMOST.set(region);
    change(1);
    return region;
  }

  private static synchronized void change(int by) {
    open += by;
  }

  /// Adds the work of an operation.
  ///
  /// @param batch how many products
  /// @param m rows of each
  /// @param n columns of each
  /// @param k length of the sums
  static void add(long batch, long m, long n, long k) {
    if (open > 0) {
      for (MultiplyAdds at = INNERMOST.get(); at != null; at = at.around) {
        at.count += batch * m * n * k;
      }
    }
  }

  /// {@return the multiply-adds since this was opened}
  public long count() {
    return count;
  }

  /// Ends the count; closing again does nothing.
  ///
  /// @throws IllegalStateException on another thread, or while an inner one is open
  @Override
  public void close() {
    if (closed) {
      return;
    }
    Tape.requireOwner("MultiplyAdds", owner);
    if (INNERMOST.get() != this) {
      throw new IllegalStateException("MultiplyAdds: one that was opened later is still open");
    }
    closed = true;
    if (around == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(around);
    }
    change(-1);
  }
}
