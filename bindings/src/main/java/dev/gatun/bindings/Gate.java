package dev.gatun.bindings;

import dev.gatun.bindings.openblas.Cblas;
import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every call into OpenBLAS goes through here: a bounded number at once, each on one thread.
///
/// The library has a fixed table of work buffers, `max(50, 2 MAX_THREADS)` in any build since
/// 0.3.4. A caller takes one, each thread of the library keeps one, and past the end of the table
/// memory is corrupted. With more than one thread callers queue up inside of the library while they
/// hold their buffer, so that some hundred of them end the process; with one thread they do not,
/// and neither when they are as few as here, whatever number of threads other code sets at whatever
/// moment.
///
/// A build without threads may not lock that table, so it gets one caller at a time.
final class Gate {
  /// As many as make no difference to speed.
  static final int CALLERS = 48;

  private static final int SEQUENTIAL = 0;
  private static final int LEAST_BUFFERS = 50;

  /// What other code of this process may use at the same time.
  private static final int SPARE = 2;

  private static final Pattern MAX_THREADS = Pattern.compile("MAX_THREADS=(\\d+)");

  /// Below this many multiplications no routine ever splits its work over threads, and the check
  /// for the number of threads would cost as much as the work.
  private static final double CHECKED_WORK = 4096;

  /// Initialized at the first operation, when the library is there.
  static final Gate OPEN =
      new Gate(
          Cblas.openblas_get_parallel() == SEQUENTIAL
              ? 1
              : callers(Cblas.openblas_get_config().getString(0)));

  private final Semaphore callers;
  private final AtomicBoolean warned = new AtomicBoolean();

  private Gate(int callers) {
    this.callers = new Semaphore(callers);
  }

  /// How many callers leave a buffer for each thread that the library can have.
  static int callers(String config) {
    Matcher matcher = MAX_THREADS.matcher(config);
    // Without a number, the one that leaves fewest.
    int threads = matcher.find() ? Integer.parseInt(matcher.group(1)) : LEAST_BUFFERS / 2;
    int buffers = Math.max(LEAST_BUFFERS, 2 * threads);
    return Math.clamp(buffers - threads - SPARE, 1, CALLERS);
  }

  void enter(double work) {
    callers.acquireUninterruptibly();
    // After the wait, to be as close to the call as can be. What changes it still in between makes
    // that call use more threads, and nothing worse.
    if (work > CHECKED_WORK && Cblas.openblas_get_num_threads() != 1) {
      resetThreads();
    }
  }

  void leave() {
    callers.release();
  }

  private void resetThreads() {
    int threads = Cblas.openblas_get_num_threads();
    Cblas.openblas_set_num_threads(1);
    if (threads == 1 || warned.getAndSet(true)) {
      return;
    }
    try {
      System.getLogger("dev.gatun.bindings")
          .log(
              Level.WARNING,
              "openblas: other code in this process set it to {0} threads, which is not safe with"
                  + " many callers; set back to 1, now and whenever that happens",
              threads);
    } catch (RuntimeException | Error e) {
      leave();
      throw e;
    }
  }
}
