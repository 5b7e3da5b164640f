package dev.gatun.memory;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Looks after the pool when a program has gone quiet after a peak: then nobody returns blocks, and
/// nobody else would look what is too much. While little is held there is nothing to look after,
/// and no timer runs.
final class QuietLook implements Runnable {
  /// Bytes held from the system that are worth a timer.
  static final long WORTHWHILE = 32 << 20;

  private final LongSupplier held;
  private final Executor later;
  private final Runnable look;
  private final AtomicBoolean due = new AtomicBoolean();

  /// Makes one.
  ///
  /// @param held bytes held from the system now
  /// @param later runs a task after a window
  /// @param look gives back what was not needed
  QuietLook(LongSupplier held, Executor later, Runnable look) {
    this.held = held;
    this.later = later;
    this.look = look;
  }

  /// Called when the pool has grown.
  void plan() {
    if (held.getAsLong() > WORTHWHILE && due.compareAndSet(false, true)) {
      later.execute(this);
    }
  }

  @Override
  public void run() {
    due.set(false);
    look.run();
    plan();
  }
}
