package dev.gatun.nn.serve;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;

/// A request whose answer completes a future.
final class Promise<T> extends Request {
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final T answer;

  /// @param answer what holds the reply
  Promise(MemorySegment row, MemorySegment reply, T answer, long patience) {
    super(row, reply, patience);
    this.answer = answer;
  }

  /// On a thread of its own: what depends on the answer may wait, even for this batcher.
  @Override
  void wake() {
    try {
      Thread _ = Thread.startVirtualThread(this::complete);
    } catch (OutOfMemoryError e) {
      complete();
    }
  }

  private void complete() {
    if (phase() == Phase.ANSWERED) {
      future.complete(answer);
    } else {
      future.completeExceptionally(exception());
    }
  }

  /// The future; when others complete or cancel it the request leaves.
  CompletableFuture<T> future(RequestQueue queue, Counters counters) {
    var _ =
        future.whenComplete((_, _) -> {
          Phase was = leave(Phase.LEFT);
          if (was != null) {
            queue.left(was);
            counters.cancelled.increment();
          }
        });
    return future;
  }
}
