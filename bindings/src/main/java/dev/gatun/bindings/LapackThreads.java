package dev.gatun.bindings;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Threads with large stacks: LAPACK keeps work arrays on the stack and has overflowed the default
/// of a Java thread, which ends the process. Virtual threads run on such a default one.
final class LapackThreads {
  private static final long STACK_BYTES = 64L << 20;
  private static final long IDLE_SECONDS = 10;
  private static final ThreadPoolExecutor POOL = pool();

  private LapackThreads() {}

  private static ThreadPoolExecutor pool() {
    int threads = Math.min(Gate.CALLERS, Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            LargeStack::new);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  static boolean isCurrent() {
    return Thread.currentThread() instanceof LargeStack;
  }

  /// Runs `body` on one of the threads and waits for it; an interrupt does not end the wait and is
  /// kept. What `body` throws is thrown here.
  static void run(Runnable body) {
    if (isCurrent()) {
      body.run();
      return;
    }
    FutureTask<Void> task = new FutureTask<>(body, null);
    POOL.execute(task);
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

  /// A class of its own, so that a routine can tell that it runs on one.
  private static final class LargeStack extends Thread {
    LargeStack(Runnable body) {
      super(null, body, "gatun-lapack", STACK_BYTES);
      setDaemon(true);
    }
  }
}
