package dev.gatun.backend;

/// How many threads large operations may use.
///
/// There is one budget of processor time for the process: [Backends#threads()]. An operation that
/// is alone uses all of it; one among many computes on the thread that calls it. That needs no
/// tuning. Where an answer must not take the machine from others, a region limits its operations:
///
/// ```java
/// Tensor y = Threads.limit(1).call(() -> model.forward(x));
/// ```
///
/// A region belongs to the code that runs in it, on a virtual thread as on any other, and to what
/// that forks in a structured task scope. Regions nest; the smallest limit counts. Results are the
/// same bits for any number of threads.
public final class Threads {
  private static final ScopedValue<Integer> LIMIT = ScopedValue.newInstance();

  private final int limit;

  private Threads(int limit) {
    this.limit = limit;
  }

  /// A limit for regions, to be used as often as needed, by any thread.
  ///
  /// @param threads at most so many compute one operation, the calling one included; more than the
  ///   budget has are as good as no limit
  /// @return the limit, which does nothing before something is called with it
  /// @throws IllegalArgumentException if that is less than 1
  public static Threads limit(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: limit below 1: " + threads);
    }
    return new Threads(threads);
  }

  /// How many threads a large operation may use where this is called, the calling one included: the
  /// budget of the process, or less in a region.
  ///
  /// @return at least 1
  /// @throws IllegalStateException if `gatun.threads` is wrong, as [Backends#threads()] throws
  public static int available() {
    return Math.min(Backends.threads(), LIMIT.orElse(Integer.MAX_VALUE));
  }

  /// Runs `body` in a region with this limit.
  ///
  /// @param body what to run, on this thread
  public void run(Runnable body) {
    ScopedValue.where(LIMIT, smallest()).run(body);
  }

  /// Calls `body` in a region with this limit.
  ///
  /// @param body what to call, on this thread
  /// @return what it returns
  /// @throws X what it throws
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> body) throws X {
    return ScopedValue.where(LIMIT, smallest()).call(body);
  }

  private int smallest() {
    return Math.min(limit, LIMIT.orElse(limit));
  }

  @Override
  public String toString() {
    return "Threads[limit=" + limit + "]";
  }
}
