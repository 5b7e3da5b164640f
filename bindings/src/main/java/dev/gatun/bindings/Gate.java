package dev.gatun.bindings;

import dev.gatun.bindings.openblas.Cblas;
import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;

/// Every call into OpenBLAS goes through here: a bounded number at once, each on one thread.
///
/// The library has a fixed table of work buffers, at least 50 in any build since 0.3.4, and ends
/// the process when a caller finds none free. A build without threads may not lock that table, so
/// it gets one caller at a time.
final class Gate {
  static final int CALLERS = 48;
  private static final int SEQUENTIAL = 0;

  /// Below this many multiplications no routine ever splits its work over threads, and the check
  /// for the number of threads would cost as much as the work.
  private static final double CHECKED_WORK = 4096;

  /// Initialized at the first operation, when the library is there.
  static final Gate OPEN = new Gate(Cblas.openblas_get_parallel() == SEQUENTIAL ? 1 : CALLERS);

  private final Semaphore callers;

  private Gate(int callers) {
    this.callers = new Semaphore(callers);
  }

  void enter(double work) {
    // Other code in this process may have changed the number, and more than one thread together
    // with many callers corrupts memory.
    if (work > CHECKED_WORK && Cblas.openblas_get_num_threads() != 1) {
      resetThreads();
    }
    callers.acquireUninterruptibly();
  }

  void leave() {
    callers.release();
  }

  private static void resetThreads() {
    int threads = Cblas.openblas_get_num_threads();
    Cblas.openblas_set_num_threads(1);
    System.getLogger("dev.gatun.bindings")
        .log(
            Level.WARNING,
            "openblas: other code in this process set it to {0} threads, which is not safe with"
                + " many callers; set back to 1",
            threads);
  }
}
