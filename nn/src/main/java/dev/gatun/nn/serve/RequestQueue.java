package dev.gatun.nn.serve;

import dev.gatun.nn.serve.BatcherException.Closed;
import dev.gatun.nn.serve.Request.Phase;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The requests that wait, in order. Callers take no lock; the one runner that collects sleeps
/// here.
///
/// A request that leaves gives up its room at once and is passed over later.
final class RequestQueue {
  private enum Stage {
    OPEN,
    /// Nobody enters; those who wait are answered.
    DRAINING,
    CLOSED
  }

  private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
  private final int capacity;

  /// Room for requests; fair to those who wait for it.
  private final Semaphore room;

  /// How many have left since those were last taken out.
  private final AtomicInteger gone = new AtomicInteger();

  private volatile Stage stage = Stage.OPEN;

  /// The runner that sleeps; whoever takes it from here wakes it.
  private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

  /// How many have to wait for the sleeper to be woken; written before the sleeper is.
  private int wakeAt;

  RequestQueue(int capacity) {
    this.capacity = capacity;
    this.room = new Semaphore(capacity, true);
  }

  /// How many wait, with those about to be added.
  int depth() {
    return capacity - room.availablePermits();
  }

  void requireOpen() {
    if (stage != Stage.OPEN) {
      throw new Closed();
    }
  }

  boolean isOpen() {
    return stage == Stage.OPEN;
  }

  boolean isClosed() {
    return stage == Stage.CLOSED;
  }

  /// Takes room for one request, without waiting; those who wait for room come first.
  boolean enter() {
    return !room.hasQueuedThreads() && room.tryAcquire();
  }

  /// Takes room for one request, waiting for it.
  boolean enter(long nanos) throws InterruptedException {
    return room.tryAcquire(nanos, TimeUnit.NANOSECONDS);
  }

  /// Adds a request that has room.
  void add(Request request) {
    requests.add(request);
    if (stage == Stage.CLOSED) {
      closeWaiting(); // nobody else might
      return;
    }
    Thread runner = sleeper.get();
    if (runner != null
        && (wakeAt <= 1 || depth() >= wakeAt)
        && sleeper.compareAndSet(runner, null)) {
      LockSupport.unpark(runner);
    }
  }

  /// The first of those who wait, or null. For the runner that collects.
  @Nullable Request peek() {
    Request first = requests.peek();
    while (first != null && isGone(first)) {
      requests.remove(first);
      first = requests.peek();
    }
    return first;
  }

  /// Takes the first out, which may have left. For the runner that collects.
  @Nullable Request poll() {
    return requests.poll();
  }

  private static boolean isGone(Request request) {
    return request.phase() != Phase.WAITING;
  }

  /// Gives room back.
  void release(int requests) {
    if (requests > 0) {
      room.release(requests);
    }
  }

  /// Notes that a request left. When many have, they are taken out: a runner that hangs does not.
  void left(Phase was) {
    if (was == Phase.WAITING) {
      room.release();
      if (gone.incrementAndGet() > capacity) {
        gone.set(0);
        requests.removeIf(RequestQueue::isGone);
      }
    }
  }

  /// Waits until there may be a first request, or the end.
  void awaitFirst() {
    sleeping(1);
    if (requests.isEmpty() && stage == Stage.OPEN) {
      LockSupport.park(this);
    }
    sleeper.set(null);
  }

  private void sleeping(int depth) {
    // An interrupt, by what the function did, would end the sleep at once.
    boolean _ = Thread.interrupted();
    wakeAt = depth;
    sleeper.set(Thread.currentThread());
  }

  /// Waits until so many requests wait, the time is over, or the end.
  void awaitDepth(int depth, long nanos) {
    sleeping(depth);
    if (depth() < depth && stage == Stage.OPEN) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeper.set(null);
  }

  /// Lets nobody enter any more.
  void drain() {
    if (stage == Stage.OPEN) {
      stage = Stage.DRAINING;
    }
    Thread runner = sleeper.getAndSet(null);
    if (runner != null) {
      LockSupport.unpark(runner);
    }
  }

  /// Ends those who still wait, and whoever was about to be added.
  void close() {
    stage = Stage.CLOSED;
    closeWaiting();
  }

  private void closeWaiting() {
    for (Request next = requests.poll(); next != null; next = requests.poll()) {
      if (next.end(Phase.WAITING, Phase.CLOSED)) {
        room.release();
      }
    }
  }
}
