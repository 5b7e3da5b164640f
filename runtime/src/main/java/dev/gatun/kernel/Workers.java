package dev.gatun.kernel;

import dev.gatun.backend.Backends;
import dev.gatun.backend.Threads;
import dev.gatun.bindings.LentThreads;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntConsumer;

/// Threads for large operations: the caller's own, and those of one pool as far as the [Budget] of
/// this process and the limit of the caller's [Threads] allow. A thread that computes never waits
/// for a free worker: it takes those that are idle and does the rest itself.
public final class Workers {
  /// Multiplications that are worth a place in the budget although they are one task: some 50
  /// microseconds.
  private static final double COUNTED = 4e6;

  /// Multiplications that a virtual thread leaves to a platform thread: from half a millisecond,
  /// against which handing them over is nothing.
  private static final double LONG = 5e7;

  /// Stands for any thread that does not own a segment; never started.
  private static final Thread OTHER = new Thread(() -> {}, "gatun-nobody");

  private static final ScopedValue<Boolean> INSIDE = ScopedValue.newInstance();

  private static final class Shared {
    static final WorkerPool POOL =
        new WorkerPool(Backends.threads() - 1, new Budget(Backends.threads()));
    static final LentThreads LENT = new LentThreads("gatun-caller", Backends.threads(), 0);

    private Shared() {}
  }

  private Workers() {}

  /// Runs `body` for 0 to `tasks - 1`, in any order, on the calling thread and idle workers, and
  /// returns when all of them are done. The caller does everything alone when the budget is used
  /// up, or when it is itself inside of such a call.
  ///
  /// The first exception is rethrown, after the tasks that had begun have ended; the others are not
  /// begun. An interrupt does not end the wait and is kept.
  ///
  /// @param tasks how many, 0 or more
  /// @param body must be safe to call from several threads
  public static void run(int tasks, IntConsumer body) {
    run(tasks, 0, body);
  }

  /// As [#run(int, IntConsumer)], for products, whose tasks may be few and long.
  ///
  /// A call into native code holds the carrier of a virtual thread, and no other computation gives
  /// it back by itself: so a virtual thread waits, while a platform thread does what is long. There
  /// are as many of those as the budget has threads, and callers get them in their order.
  ///
  /// @param multiplications of all tasks
  static void run(int tasks, double multiplications, IntConsumer body) {
    if ((tasks <= 1 && !isCounted(multiplications)) || isInside()) {
      for (int i = 0; i < tasks; i++) {
        Opaque.call(body, i);
      }
    } else if (isHandedOver(multiplications)) {
      int threads = Threads.available();
      Shared.LENT.run(() -> run(Shared.POOL, threads, tasks, body));
    } else {
      run(Shared.POOL, Threads.available(), tasks, body);
    }
  }

  static void run(WorkerPool pool, int threads, int tasks, IntConsumer body) {
    WorkerJob job = new WorkerJob(pool, tasks, body);
    // All that allocates comes before the first helper is in.
    ScopedValue.where(INSIDE, true).run(() -> job.lead(threads - 1));
  }

  /// Whether a product of that size belongs into [#run] although it is one task.
  static boolean isCounted(double multiplications) {
    return multiplications >= COUNTED;
  }

  private static boolean isHandedOver(double multiplications) {
    return multiplications >= LONG && Thread.currentThread().isVirtual();
  }

  private static boolean isInside() {
    return INSIDE.isBound() || Thread.currentThread() instanceof WorkerPool.Worker;
  }

  /// The same memory for use by workers while its owner waits in [#run]. Memory that every thread
  /// may use is returned as it is, so that closing it meanwhile stays an exception and what is
  /// collected stays reachable.
  ///
  /// @param segment memory that the calling thread may use
  /// @return the same bytes, usable by every thread; must not outlive the call
  // Renouncing the owner's check is safe only because the owner waits for the workers.
  @SuppressWarnings("restricted")
  public static MemorySegment alias(MemorySegment segment) {
    if (segment.isAccessibleBy(OTHER)) {
      return segment;
    }
    if (segment.byteSize() > 0) {
      // Raises what any use raises when the memory is closed or belongs to another thread.
      byte _ = segment.get(ValueLayout.JAVA_BYTE, 0);
    }
    MemorySegment alias =
        MemorySegment.ofAddress(segment.address()).reinterpret(segment.byteSize());
    return segment.isReadOnly() ? alias.asReadOnly() : alias;
  }
}
