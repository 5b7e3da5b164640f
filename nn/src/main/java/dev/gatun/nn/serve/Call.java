package dev.gatun.nn.serve;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/// A request whose thread waits for the answer.
final class Call extends Request {
  private final Thread caller = Thread.currentThread();

  Call(MemorySegment row, MemorySegment reply, long patience) {
    super(row, reply, patience);
  }

  @Override
  void wake() {
    LockSupport.unpark(caller);
  }

  /// Waits for the outcome, the deadline or an interrupt.
  void await(RequestQueue queue, Counters counters) throws InterruptedException {
    boolean interrupted = false;
    while (!phase().isLast()) {
      // Set, it would end every further park at once.
      interrupted |= Thread.interrupted();
      long left = left(System.nanoTime());
      if (interrupted || left <= 0) {
        Phase was = leave(interrupted ? Phase.LEFT : Phase.LATE);
        if (was == null) {
          break;
        }
        queue.left(was);
        if (interrupted) {
          counters.cancelled.increment();
          throw new InterruptedException("infer: interrupted while waiting for the answer");
        }
        counters.late.increment();
        throw late(was);
      }
      park(left);
    }
    if (interrupted) {
      caller.interrupt(); // the answer came first
    }
    if (phase() != Phase.ANSWERED) {
      throw exception();
    }
  }

  private void park(long nanos) {
    if (isForever()) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, nanos);
    }
  }
}
