package dev.gatun.nn;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Program;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.WeightPrecision;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

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
  private final Options options;
  private final long[] row;
  private final long[] resultRow;
  private final Lanes lanes;
  private final String text;
  private final long peakBytes;
  private final long weightBytes;

  private Plan(Module module, Options options, long[] row) {
    this.module = module;
    this.options = options;
    this.row = row;
    this.lanes = new Lanes(this::lane);
    Lane first = lanes.take();
    try {
      Program largest = first.program(options.maxBatch);
      text = largest.toString();
      peakBytes = largest.peakBytes();
      weightBytes = largest.weightBytes();
      long[] result = largest.resultShapes().getFirst();
      requireRows(result);
      resultRow = Arrays.copyOfRange(result, 1, result.length);
    } catch (RuntimeException | Error e) {
      first.close();
      throw e;
    }
    lanes.give(first);
  }

  /// How a plan is made.
  ///
  /// @param maxBatch the largest N
  /// @param dtype of the input
  /// @param weights how the weights of linear layers are stored; those of other layers stay as they
  ///   are
  public record Options(int maxBatch, DType dtype, WeightPrecision weights) {
    /// Checks what goes together.
    public Options {
      if (maxBatch < 1) {
        throw new IllegalArgumentException("compile: maxBatch must be 1 or more: " + maxBatch);
      }
      if (weights != WeightPrecision.STORED && dtype != DType.F32) {
        throw new IllegalArgumentException(
            "compile: %s weights multiply rows of F32: the input is %s".formatted(weights, dtype));
      }
    }

    /// F32 inputs, and weights as they are.
    ///
    /// @param maxBatch the largest N
    /// @return the options
    public static Options of(int maxBatch) {
      return new Options(maxBatch, DType.F32, WeightPrecision.STORED);
    }

    /// Sets the dtype of the input.
    ///
    /// @param dtype of the input
    /// @return changed options
    public Options dtype(DType dtype) {
      return new Options(maxBatch, dtype, weights);
    }

    /// Sets how the weights of linear layers are stored.
    ///
    /// @param weights with fewer bits, a copy that is faster to read and a little wrong; see
    ///   [#compare(Tensor)]
    /// @return changed options
    public Options weights(WeightPrecision weights) {
      return new Options(maxBatch, dtype, weights);
    }
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
    return compile(module, new Options(maxBatch, dtype, WeightPrecision.STORED), row);
  }

  /// Records what a module does, in another way than usual.
  ///
  /// @param module in evaluation mode, with one input `[N, row...]` and one result `[N, ...]`
  /// @param options the largest N, dtype, and how weights are stored
  /// @param row the shape of one row of the input
  /// @return the plan, whose memory is in a shared lifetime until [#close]
  /// @throws IllegalArgumentException if weights are to be INT8 and are not finite
  /// @throws IllegalStateException as [#compile(Module, DType, int, long...)]
  @MustBeClosed
  public static Plan compile(Module module, Options options, long... row) {
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
    return new Plan(module, options, row.clone());
  }

  private void requireRows(long[] result) {
    if (result.length == 0 || result[0] != options.maxBatch) {
      throw new ShapeException(
          "compile: the result must have a row for each row of the input: %d rows in, %s out"
              .formatted(options.maxBatch, Arrays.toString(result).replace(" ", "")));
    }
  }

  private Lane lane() {
    return new Lane(module, options, row);
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
    if (batch < 1 || batch > options.maxBatch) {
      throw new IllegalArgumentException(
          "run: batch out of range: %d (expected 1..%d)".formatted(batch, options.maxBatch));
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
    return options.maxBatch;
  }

  /// The native memory that the results of steps share, for each thread that computes, at the
  /// largest batch.
  ///
  /// @return bytes, without parameters and constants
  public long peakBytes() {
    return peakBytes;
  }

  /// What a run of the largest batch reads besides its input: parameters, in the layouts in which
  /// it reads them.
  ///
  /// @return bytes
  public long weightBytes() {
    return weightBytes;
  }

  /// Tells how far the results of this plan are from the module's, on real data: what weights of
  /// fewer bits cost.
  ///
  /// @param samples `[rows, row...]`, any number of rows but none
  /// @return the differences
  /// @throws ShapeException if the shape is another one
  public PlanAccuracy compare(Tensor samples) {
    return compare(module::call, samples);
  }

  /// Tells how far the results of this plan are from those of something else, such as a plan with
  /// other weights.
  ///
  /// @param reference gives the right result for up to [#maxBatch] rows
  /// @param samples `[rows, row...]`, any number of rows but none
  /// @return the differences
  /// @throws ShapeException if the shape is another one
  public PlanAccuracy compare(UnaryOperator<Tensor> reference, Tensor samples) {
    return PlanAccuracy.of(this, reference, samples);
  }

  /// Says what a run of the largest batch does.
  ///
  /// @return a line of sizes, then a table: for each step its operation, the shapes of its inputs
  ///   and results, the kernel, the bytes of the results and those of the weights it reads
  public String explain() {
    return text;
  }

  /// Gives the memory back, after the runs that have begun. Closing twice does nothing.
  @Override
  public void close() {
    lanes.close();
  }
}
