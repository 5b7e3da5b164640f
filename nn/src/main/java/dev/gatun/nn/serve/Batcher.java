package dev.gatun.nn.serve;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Makes batches of single requests from many threads, and hands each its own answer.
///
/// ```java
/// try (var batcher =
///     Batcher.open(
///         BatchFunction.of(model), RowType.f32(784), RowType.f32(10), BatcherOptions.of(64))) {
///   float[] logits = batcher.infer(pixels);
/// }
/// ```
///
/// Requests are computed in the order in which they came, by platform threads of the batcher, the
/// runners. A caller, platform thread or virtual one, takes no lock, makes no native call and parks
/// until its answer is there. Its row is copied once, into the memory of the batch; row and reply
/// are the batcher's until the call returns or the future is complete, and not touched afterwards.
///
/// A row waits for others only while they can be expected: whatever came while runners were
/// computing is taken at once when it is at least as much as the batch before; less than that waits
/// for the rest, for no longer than [BatcherOptions#maxDelay()], and leaves early when nobody came
/// for a quarter of it. A lone request after another lone one is computed at once.
///
/// What is wrong with a row (size, dtype, memory that is gone) is refused before it is queued; when
/// the function throws for a batch, its rows are tried again one by one, so that only the culprit
/// fails. What NaN and infinities in a reply mean is the caller's business.
///
/// Memory that is confined to the calling thread, such as a tensor of a scope, is copied once more,
/// over the heap.
public final class Batcher implements AutoCloseable {
  private final RowType input;
  private final RowType output;
  private final BatcherOptions options;
  private final long patience;
  private final RequestQueue queue;
  private final Counters counters;
  private final Runners runners;

  private Batcher(BatchFunction function, RowType input, RowType output, BatcherOptions options) {
    this.input = input;
    this.output = output;
    this.options = options;
    patience = Request.nanos(options.deadline());
    queue = new RequestQueue(options.capacity());
    counters = new Counters(options.maxBatch());
    runners = Runners.start(function, input, output, options, queue, counters);
  }

  /// Starts the runners and allocates their memory: the largest batch for each.
  ///
  /// @param function computes batches
  /// @param input what a row is
  /// @param output what a reply is
  /// @param options sizes and times
  /// @return a batcher, to be closed
  @MustBeClosed
  public static Batcher open(
      BatchFunction function, RowType input, RowType output, BatcherOptions options) {
    return new Batcher(Objects.requireNonNull(function, "function"), input, output, options);
  }

  /// Waits for the answer to one row.
  ///
  /// @param row F32, as many as the input has
  /// @return F32, as many as the output has
  /// @throws IllegalArgumentException if the row does not fit
  /// @throws BatcherException if there is no answer
  /// @throws InterruptedException if the thread is interrupted; the row is not computed any more
  ///   unless it was being computed already
  public float[] infer(float[] row) throws InterruptedException {
    return infer(row, patience);
  }

  /// As [#infer(float[])], with a deadline of its own.
  ///
  /// @param row F32, as many as the input has
  /// @param deadline how long from now the answer is of use
  /// @return F32, as many as the output has
  /// @throws InterruptedException if the thread is interrupted
  public float[] infer(float[] row, Duration deadline) throws InterruptedException {
    return infer(row, Request.nanos(deadline));
  }

  private float[] infer(float[] row, long nanos) throws InterruptedException {
    float[] reply = floats("infer", row);
    call(MemorySegment.ofArray(row), MemorySegment.ofArray(reply), nanos);
    return reply;
  }

  /// Waits for the answer to one row, which is written where the caller says.
  ///
  /// @param row bytes of the input's elements, in native order; on or off the heap
  /// @param reply to be written, exactly as long as a row of the output
  /// @throws IllegalArgumentException if a size does not fit, or the reply is read-only
  /// @throws BatcherException if there is no answer; the reply is as it was
  /// @throws InterruptedException if the thread is interrupted
  public void infer(MemorySegment row, MemorySegment reply) throws InterruptedException {
    infer(row, reply, patience);
  }

  /// As [#infer(MemorySegment, MemorySegment)], with a deadline of its own.
  ///
  /// @param row bytes of the input's elements, in native order; on or off the heap
  /// @param reply to be written, exactly as long as a row of the output
  /// @param deadline how long from now the answer is of use
  /// @throws InterruptedException if the thread is interrupted
  public void infer(MemorySegment row, MemorySegment reply, Duration deadline)
      throws InterruptedException {
    infer(row, reply, Request.nanos(deadline));
  }

  /// As [#infer(MemorySegment, MemorySegment)], from position to limit of both; these stay as they
  /// are.
  ///
  /// @param row bytes of the input's elements, in native order; direct or not
  /// @param reply to be written
  /// @throws InterruptedException if the thread is interrupted
  public void infer(ByteBuffer row, ByteBuffer reply) throws InterruptedException {
    infer(MemorySegment.ofBuffer(row), MemorySegment.ofBuffer(reply), patience);
  }

  /// Waits for the answer to one row.
  ///
  /// @param row dtype and shape of the input's rows
  /// @return a tensor of the output's dtype and shape, in the current scope
  /// @throws IllegalArgumentException if the row does not fit
  /// @throws BatcherException if there is no answer
  /// @throws InterruptedException if the thread is interrupted
  public Tensor infer(Tensor row) throws InterruptedException {
    if (row.dtype() != input.dtype() || !Arrays.equals(row.shape(), input.sizes())) {
      throw new IllegalArgumentException(
          "infer: the row does not fit: %s %s, not %s"
              .formatted(row.dtype(), row.describe(), input));
    }
    Tensor reply = Tensor.empty(output.dtype(), output.sizes());
    try {
      infer(row.contiguous().segment(), reply.segment(), patience);
    } catch (Throwable e) {
      reply.free();
      throw e;
    }
    return reply;
  }

  /// Asks for the answer to one row, without waiting, not even for room.
  ///
  /// A future that is cancelled, or that somebody else completes, takes the request out of the
  /// queue. What depends on the future runs on a virtual thread. When the deadline passes the
  /// future fails as soon as a runner comes to the request.
  ///
  /// @param row F32, as many as the input has; not to be changed before the answer
  /// @return fails with [BatcherException] if there is no answer
  /// @throws IllegalArgumentException if the row does not fit
  /// @throws BatcherException if the queue is full or the batcher closed
  public CompletableFuture<float[]> submit(float[] row) {
    float[] reply = floats("submit", row);
    return promise(MemorySegment.ofArray(row), MemorySegment.ofArray(reply), reply, patience);
  }

  /// As [#submit(float[])], with a deadline of its own, and the answer written where the caller
  /// says.
  ///
  /// @param row bytes of the input's elements, in native order; usable from every thread
  /// @param reply to be written, exactly as long as a row of the output; usable from every thread
  /// @param deadline how long from now the answer is of use; null for any time
  /// @return completes with `reply`
  /// @throws IllegalArgumentException if a size does not fit, the reply is read-only, or one of
  ///   them is confined to a thread
  public CompletableFuture<MemorySegment> submit(
      MemorySegment row, MemorySegment reply, @Nullable Duration deadline) {
    check("submit", row, reply);
    if (!runners.canUse(row) || !runners.canUse(reply)) {
      throw new IllegalArgumentException(
          "submit: the %s is confined to thread '%s'; use infer, or memory of a shared arena"
              .formatted(runners.canUse(row) ? "reply" : "row", Thread.currentThread().getName()));
    }
    return promise(row, reply, reply, Request.nanos(deadline));
  }

  private <T> CompletableFuture<T> promise(
      MemorySegment row, MemorySegment reply, T answer, long nanos) {
    queue.requireOpen();
    if (nanos <= 0) {
      throw late(nanos);
    }
    if (!queue.enter()) {
      throw full();
    }
    Promise<T> promise = new Promise<>(row, reply, answer, nanos);
    CompletableFuture<T> future = promise.future(queue, counters);
    queue.add(promise);
    return future;
  }

  private void infer(MemorySegment row, MemorySegment reply, long nanos)
      throws InterruptedException {
    check("infer", row, reply);
    MemorySegment from = runners.canUse(row) ? row : onHeap(row);
    boolean direct = runners.canUse(reply);
    MemorySegment to = direct ? reply : MemorySegment.ofArray(new byte[output.byteSize()]);
    call(from, to, nanos);
    if (!direct) {
      MemorySegment _ = reply.copyFrom(to);
    }
  }

  private static MemorySegment onHeap(MemorySegment row) {
    return MemorySegment.ofArray(new byte[Math.toIntExact(row.byteSize())]).copyFrom(row);
  }

  private void call(MemorySegment row, MemorySegment reply, long nanos)
      throws InterruptedException {
    if (runners.isRunner(Thread.currentThread())) {
      throw new IllegalStateException(
          "infer: called by the function of this batcher, which would wait for itself");
    }
    queue.requireOpen();
    long left = enter(nanos);
    Call call = new Call(row, reply, left);
    queue.add(call);
    call.await(queue, counters);
  }

  /// Takes room in the queue; returns what is left of the time.
  private long enter(long nanos) throws InterruptedException {
    if (nanos <= 0) {
      throw late(nanos);
    }
    if (queue.enter()) {
      return nanos;
    }
    if (!options.waitWhenFull()) {
      throw full();
    }
    long start = System.nanoTime();
    if (!queue.enter(nanos)) {
      throw late(nanos);
    }
    if (!queue.isOpen()) {
      queue.release(1);
      throw new BatcherException.Closed();
    }
    return nanos >= Request.FOREVER ? nanos : Math.max(1, nanos - (System.nanoTime() - start));
  }

  private BatcherException full() {
    counters.rejected.increment();
    return new BatcherException.QueueFull(options.capacity());
  }

  private BatcherException late(long nanos) {
    counters.late.increment();
    return new BatcherException.Late(Math.max(0, nanos), "before the row was queued");
  }

  /// A reply for a row of floats.
  private float[] floats(String operation, float[] row) {
    if (input.dtype() != DType.F32 || output.dtype() != DType.F32) {
      throw new IllegalArgumentException(
          "%s: floats are F32: rows are %s, replies %s; use segments"
              .formatted(operation, input, output));
    }
    if (row.length != input.numel()) {
      throw new IllegalArgumentException(
          "%s: the row does not fit: %d elements, not %s (%d)"
              .formatted(operation, row.length, input, input.numel()));
    }
    return new float[output.numel()];
  }

  private void check(String operation, MemorySegment row, MemorySegment reply) {
    if (row.byteSize() != input.byteSize()) {
      throw new IllegalArgumentException(
          "%s: the row does not fit: %d bytes, not %s (%d)"
              .formatted(operation, row.byteSize(), input, input.byteSize()));
    }
    if (reply.byteSize() != output.byteSize()) {
      throw new IllegalArgumentException(
          "%s: the reply does not fit: %d bytes, not %s (%d)"
              .formatted(operation, reply.byteSize(), output, output.byteSize()));
    }
    if (reply.isReadOnly()) {
      throw new IllegalArgumentException(operation + ": the reply is read-only");
    }
    requireUsable(operation, "row", row);
    requireUsable(operation, "reply", reply);
  }

  private static void requireUsable(String operation, String what, MemorySegment segment) {
    if (!segment.scope().isAlive() || !segment.isAccessibleBy(Thread.currentThread())) {
      throw new IllegalArgumentException(
          "%s: the %s cannot be used: %s"
              .formatted(
                  operation,
                  what,
                  segment.scope().isAlive()
                      ? "it is confined to another thread"
                      : "its arena is closed"));
    }
  }

  /// {@return what was done so far}
  public BatcherStats stats() {
    return counters.read(queue.depth());
  }

  /// {@return what a row is}
  public RowType input() {
    return input;
  }

  /// {@return what a reply is}
  public RowType output() {
    return output;
  }

  /// Refuses further requests, lets those who wait be answered for [BatcherOptions#drain()], then
  /// ends the others as [#close(Duration)] does. Closing again does nothing more.
  @Override
  public void close() {
    close(options.drain());
  }

  /// Refuses further requests and lets those who wait be answered. What has no answer after the
  /// given time fails with [BatcherException.Closed]; a function that still runs is interrupted,
  /// and its runner ends, and frees its memory, when it returns. An interrupt of the calling thread
  /// ends the wait, and is kept.
  ///
  /// @param drain how long to wait for answers
  /// @throws IllegalStateException if the function of this batcher calls it
  public void close(Duration drain) {
    if (runners.isRunner(Thread.currentThread())) {
      throw new IllegalStateException(
          "close: called by the function of this batcher, which would wait for itself");
    }
    queue.drain();
    boolean interrupted = !runners.await(Request.nanos(drain));
    queue.close();
    runners.abandon();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
