package dev.gatun.nn;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Program;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// A module compiled for inference: what it does to an input of given row shape, recorded once and
/// run again without making tensors or allocating native memory.
///
/// ```java
/// try (Plan plan = Plan.compile(model.eval(), DType.F32, 64, 784)) {
///   plan.run(request, answer, 1);
/// }
/// ```
///
/// The batch may have any size up to a maximum; each size is recorded when it first comes. Any
/// number of threads use a plan at once: as many as the machine has processors compute, each in
/// memory of its own, the others wait. Results are the module's.
///
/// The module must be in evaluation mode and keep its parameters while the plan is open: once they
/// have changed, [#run] refuses. What [Program] cannot record is refused here, with the reason.
public final class Plan implements AutoCloseable {
  private final Module module;
  private final DType dtype;
  private final int maxBatch;
  private final long[] row;
  private final long[] resultRow;
  private final Lanes lanes;
  private final String text;
  private final long peakBytes;

  private Plan(Module module, DType dtype, int maxBatch, long[] row) {
    this.module = module;
    this.dtype = dtype;
    this.maxBatch = maxBatch;
    this.row = row;
    this.lanes = new Lanes(this::lane);
    Lane first = lanes.take();
    try {
      Program largest = first.program(maxBatch);
      text = largest.toString();
      peakBytes = largest.peakBytes();
      long[] result = largest.resultShapes().getFirst();
      requireRows(result);
      resultRow = Arrays.copyOfRange(result, 1, result.length);
    } catch (RuntimeException | Error e) {
      first.close();
      throw e;
    }
    lanes.give(first);
  }

  /// Records what a module does.
  ///
  /// @param module in evaluation mode, with one input `[N, row...]` and one result `[N, ...]`
  /// @param dtype of the input
  /// @param maxBatch the largest N
  /// @param row the shape of one row of the input
  /// @return the plan, whose memory is in a shared lifetime until [#close]
  /// @throws IllegalStateException if the module is in training mode, has hooks, or does what
  ///   depends on the values of its input
  @MustBeClosed
  public static Plan compile(Module module, DType dtype, int maxBatch, long... row) {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("compile: maxBatch must be 1 or more: " + maxBatch);
    }
    for (Module part : module.modules()) {
      if (part.isTraining()) {
        throw new IllegalStateException(
            "compile: the module is in training mode: %s; call eval() first"
                .formatted(part.getClass().getSimpleName()));
      }
      if (part.hasHooks()) {
        throw new IllegalStateException(
            "compile: hooks would not run: %s has some; remove them first"
                .formatted(part.getClass().getSimpleName()));
      }
    }
    return new Plan(module, dtype, maxBatch, row.clone());
  }

  private void requireRows(long[] result) {
    if (result.length == 0 || result[0] != maxBatch) {
      throw new ShapeException(
          "compile: the result must have a row for each row of the input: %d rows in, %s out"
              .formatted(maxBatch, Arrays.toString(result).replace(" ", "")));
    }
  }

  private Lane lane() {
    return new Lane(module, dtype, row, maxBatch);
  }

  /// Runs on values in the caller's memory and writes the results there. Makes no garbage to speak
  /// of once the batch size has come before.
  ///
  /// @param in `batch` rows, contiguous, in native memory or in a heap array
  /// @param out for as many rows of the result
  /// @param batch from 1 to the maximum
  /// @throws IllegalArgumentException if the batch is too large, or memory too short
  /// @throws IllegalStateException if the plan is closed, or a parameter was changed
  public void run(MemorySegment in, MemorySegment out, int batch) {
    int rows = requireBatch(batch);
    Lane lane = lanes.take();
    try {
      lane.program(rows).run(in, out);
    } finally {
      lanes.give(lane);
    }
  }

  /// Runs on a tensor.
  ///
  /// @param x `[N, row...]` with N from 1 to the maximum
  /// @return a new tensor that belongs to the current scope
  /// @throws ShapeException if the shape is another one
  /// @throws IllegalStateException as [#run(MemorySegment, MemorySegment, int)]
  public Tensor run(Tensor x) {
    if (x.dim() == 0) {
      throw new ShapeException("run: a scalar has no rows: " + x.describe());
    }
    int batch = requireBatch(x.size(0));
    Lane lane = lanes.take();
    try {
      return lane.program(batch).run(List.of(x)).getFirst();
    } finally {
      lanes.give(lane);
    }
  }

  private int requireBatch(long batch) {
    if (batch < 1 || batch > maxBatch) {
      throw new IllegalArgumentException(
          "run: batch out of range: %d (expected 1..%d)".formatted(batch, maxBatch));
    }
    return (int) batch;
  }

  /// The shape of one row of the result.
  ///
  /// @return a copy
  public long[] resultRow() {
    return resultRow.clone();
  }

  /// The largest batch.
  ///
  /// @return 1 or more
  public int maxBatch() {
    return maxBatch;
  }

  /// The native memory that the results of steps share, for each thread that computes, at the
  /// largest batch.
  ///
  /// @return bytes, without parameters and constants
  public long peakBytes() {
    return peakBytes;
  }

  /// Says what a run of the largest batch does: steps, shapes, where results lie.
  ///
  /// @return one line for each step
  public String explain() {
    return text;
  }

  /// Gives the memory back, after the runs that have begun. Closing twice does nothing.
  @Override
  public void close() {
    lanes.close();
  }
}
