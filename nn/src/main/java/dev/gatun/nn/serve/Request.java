package dev.gatun.nn.serve;

import dev.gatun.nn.serve.BatcherException.Closed;
import dev.gatun.nn.serve.BatcherException.Failed;
import dev.gatun.nn.serve.BatcherException.Late;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One row on its way. Whoever moves it to a last phase decides its outcome, so it has one alone.
///
/// While a runner reads the row or writes the reply nobody can leave: whoever left may change or
/// free both.
abstract sealed class Request permits Call, Promise {
  enum Phase {
    WAITING,
    /// A runner has it.
    TAKEN,
    /// The runner copies the row.
    READING,
    /// The runner copies the reply, or says why there is none.
    WRITING,
    // The last ones.
    ANSWERED,
    FAILED,
    LATE,
    LEFT,
    CLOSED;

    boolean isLast() {
      return compareTo(ANSWERED) >= 0;
    }
  }

  /// Deadlines so far away are none: half of what nanoTime can count.
  static final long FOREVER = Long.MAX_VALUE / 2;

  /// A row is copied in less, in nanoseconds; more often than this nobody looks.
  private static final long COPYING = 5_000;

  final MemorySegment row;
  final MemorySegment reply;
  final long arrived = System.nanoTime();
  private final long patience;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);

  /// Written before the phase is.
  private @Nullable Throwable cause;

  /// @param patience nanoseconds from now to the deadline
  Request(MemorySegment row, MemorySegment reply, long patience) {
    this.row = row;
    this.reply = reply;
    this.patience = Math.min(patience, FOREVER);
  }

  static long nanos(@Nullable Duration time) {
    if (time == null || time.compareTo(Duration.ofNanos(FOREVER)) >= 0) {
      return FOREVER;
    }
    return time.toNanos();
  }

  /// Tells whoever waits that the last phase has come.
  abstract void wake();

  final Phase phase() {
    return phase.get();
  }

  /// Nanoseconds to the deadline.
  final long left(long now) {
    return patience - (now - arrived);
  }

  final boolean isForever() {
    return patience == FOREVER;
  }

  /// Moves on to a phase that is not the last, or tells that another outcome came first.
  final boolean move(Phase from, Phase to) {
    return phase.compareAndSet(from, to);
  }

  /// Ends the request, if it is in phase `from`, and wakes who waits.
  final boolean end(Phase from, Phase last) {
    boolean ended = phase.compareAndSet(from, last);
    if (ended) {
      wake();
    }
    return ended;
  }

  /// Ends a request that this runner is writing to.
  final void fail(Throwable why) {
    cause = why;
    boolean _ = end(Phase.WRITING, Phase.FAILED);
  }

  /// Ends the request for the one who waits, before it is answered; returns the phase that it was
  /// in, or null when it has its outcome already. Not to be called by a runner.
  final @Nullable Phase leave(Phase last) {
    while (true) {
      Phase now = phase.get();
      if (now.isLast()) {
        return null;
      }
      if (now == Phase.WAITING || now == Phase.TAKEN) {
        if (phase.compareAndSet(now, last)) {
          return now;
        }
      } else {
        LockSupport.parkNanos(COPYING);
      }
    }
  }

  /// The exception of a request that ended without an answer, made where it is thrown.
  final BatcherException exception() {
    Throwable why = cause;
    return switch (phase()) {
      case FAILED -> new Failed(why == null ? new IllegalStateException("unknown") : why);
      case LATE -> new Late(patience, "before the row was computed");
      default -> new Closed();
    };
  }

  final BatcherException late(Phase was) {
    return new Late(
        patience,
        was == Phase.WAITING ? "before the row was computed" : "while the row was computed");
  }
}
