package dev.gatun.bindings;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A few platform threads that run something for a caller that waits: because it needs more stack
/// than a Java thread has, or because a virtual thread would keep its carrier from others
/// meanwhile.
///
/// They are daemons, started when needed; after some seconds without work they end. Callers are
/// served in their order.
public final class LentThreads {
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor pool;

  /// Starts nothing yet.
  ///
  /// @param name of the threads
  /// @param threads how many at most
  /// @param stackBytes how much stack each has; 0 is what Java threads have
  public LentThreads(String name, int threads, long stackBytes) {
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            body -> new Lent(body, name, stackBytes));
    pool.allowCoreThreadTimeOut(true);
  }

  /// Whether the calling thread is one of these.
  ///
  /// @return true inside of [#run]
  public boolean isCurrent() {
    return Thread.currentThread() instanceof Lent lent && lent.owner() == this;
  }

  /// Runs `body` on one of the threads and waits for it; an interrupt does not end the wait and is
  /// kept. What `body` throws is thrown here.
  ///
  /// @param body what to run; at once where the calling thread is one of these
  public void run(Runnable body) {
    if (isCurrent()) {
      body.run();
      return;
    }
    FutureTask<Void> task = new FutureTask<>(body, null);
    pool.execute(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Void _ = task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw unchecked(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException cause -> {
        cause.addSuppressed(new IllegalStateException("called from here"));
        yield cause;
      }
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(e);
    };
  }

  private final class Lent extends Thread {
    Lent(Runnable body, String name, long stackBytes) {
      super(null, body, name, stackBytes);
      setDaemon(true);
    }

    LentThreads owner() {
      return LentThreads.this;
    }
  }
}
