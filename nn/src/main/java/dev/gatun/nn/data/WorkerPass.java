package dev.gatun.nn.data;

import dev.gatun.tensor.HandOver;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Batches that threads make ahead. Only the consumer draws indices and hands out work, so the
/// order does not depend on the threads, and threads without work end by themselves: a pass that is
/// dropped without being closed leaves none behind.
final class WorkerPass implements DataLoader.Pass {
  private static final long IDLE_MILLIS = 500;

  private record Pending(Future<List<HandOver>> read, long size) {}

  private final Reader reader;
  private final Iterator<long[]> indices;
  private final int window;
  private final ExecutorService threads;
  private final Queue<Pending> ahead = new ArrayDeque<>();
  private boolean closed;

  WorkerPass(Reader reader, Iterator<long[]> indices, int workers, int window) {
    this.reader = reader;
    this.indices = indices;
    this.window = window;
    this.threads = pool(workers);
    fill();
  }

  private static ExecutorService pool(int workers) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            workers,
            workers,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("gatun-data-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private void fill() {
    while (!closed && ahead.size() < window && indices.hasNext()) {
      long[] batch = indices.next();
      ahead.add(new Pending(threads.submit(() -> reader.readAhead(batch)), batch.length));
    }
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  @Override
  public Batch next() {
    Pending first = ahead.poll();
    if (first == null) {
      throw new NoSuchElementException("DataLoader: no batch after the last");
    }
    boolean done = false;
    try {
      List<HandOver> read = first.read().get();
      fill();
      done = true;
      if (ahead.isEmpty()) {
        close();
      }
      return Batch.of(read, first.size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("DataLoader: interrupted while waiting for a batch", e);
    } catch (ExecutionException e) {
      throw rethrown(e);
    } finally {
      if (!done) {
        ahead.add(first);
        close();
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException e) {
    Throwable cause = e.getCause();
    return switch (cause == null ? e : cause) {
      case Error error -> throw error;
      case RuntimeException exception -> exception;
      default -> new IllegalStateException("DataLoader: a worker failed", e);
    };
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    for (Pending pending : ahead) {
      if (pending.read().state() == Future.State.SUCCESS) {
        Batch.discard(pending.read().resultNow());
      }
    }
    ahead.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
