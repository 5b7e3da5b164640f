package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Program;
import dev.gatun.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The programs of one thread at a time, one for each size of a batch, over the same memory.
final class Lane implements AutoCloseable {
  /// Sizes that are kept; one more, and the one that came first is recorded anew when it returns.
  private static final int SIZES = 64;

  private final Module module;
  private final DType dtype;
  private final long[] row;
  private final Program largest;
  private final @Nullable Program[] programs;
  private final Deque<Integer> kept = new ArrayDeque<>();

  @SuppressWarnings("MustBeClosedChecker") // by close()
  Lane(Module module, Plan.Options options, long[] row) {
    this.module = module;
    this.dtype = options.dtype();
    this.row = row;
    programs = new @Nullable Program[options.maxBatch() + 1];
    try (var _ = Scope.open("compile")) {
      largest = Program.trace(this::forward, example(options.maxBatch()), options.weights());
    }
    programs[options.maxBatch()] = largest;
  }

  private List<Tensor> forward(List<Tensor> inputs) {
    return List.of(module.call(inputs.getFirst()));
  }

  private List<Tensor> example(int batch) {
    long[] shape = new long[row.length + 1];
    shape[0] = batch;
    System.arraycopy(row, 0, shape, 1, row.length);
    return List.of(Tensor.zeros(dtype, shape));
  }

  Program program(int batch) {
    Program known = programs[batch];
    return known == null ? record(batch) : known;
  }

  @SuppressWarnings("MustBeClosedChecker") // by close()
  private Program record(int batch) {
    if (kept.size() == SIZES) {
      int oldest = kept.removeFirst();
      close(programs[oldest]);
      programs[oldest] = null;
    }
    try (var _ = Scope.open("compile")) {
      Program recorded = largest.traceBeside(this::forward, example(batch));
      programs[batch] = recorded;
      kept.addLast(batch);
      return recorded;
    }
  }

  private static void close(@Nullable Program program) {
    if (program != null) {
      program.close();
    }
  }

  @Override
  public void close() {
    for (int batch : kept) {
      close(programs[batch]);
    }
    largest.close();
  }
}
