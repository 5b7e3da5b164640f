package dev.gatun.kernel;

import dev.gatun.backend.Backends;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntConsumer;

/// The one pool of threads of this process, for large operations. A thread that computes never
/// waits for a free worker: it takes those that are idle and does the rest itself.
public final class Workers {
  /// Stands for any thread that does not own a segment; never started.
  private static final Thread OTHER = new Thread(() -> {}, "gatun-nobody");

  private static final ScopedValue<Boolean> INSIDE = ScopedValue.newInstance();

  private static final class Shared {
    static final WorkerPool POOL = new WorkerPool(Backends.threads() - 1);

    private Shared() {}
  }

  private Workers() {}

  /// Runs `body` for 0 to `tasks - 1`, in any order, on the calling thread and idle workers, and
  /// returns when all of them are done. The caller does everything alone when no worker is idle, or
  /// when it is itself inside of such a call.
  ///
  /// The first exception is rethrown, after the tasks that had begun have ended; the others are not
  /// begun. An interrupt does not end the wait and is kept.
  ///
  /// @param tasks how many, 0 or more
  /// @param body must be safe to call from several threads
  public static void run(int tasks, IntConsumer body) {
    if (tasks <= 1 || Backends.threads() == 1 || isInside()) {
      for (int i = 0; i < tasks; i++) {
        Opaque.call(body, i);
      }
      return;
    }
    run(Shared.POOL, tasks, body);
  }

  static void run(WorkerPool pool, int tasks, IntConsumer body) {
    WorkerJob job = new WorkerJob(tasks, body);
    pool.offer(job, tasks - 1);
    ScopedValue.where(INSIDE, true).run(job);
    job.await();
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
