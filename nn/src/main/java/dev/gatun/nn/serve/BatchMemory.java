package dev.gatun.nn.serve;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Where one runner's batches are: rows on the way in, rows on the way out.
final class BatchMemory implements AutoCloseable {
  private final Rows inputs;
  private final Rows outputs;

  BatchMemory(RowType input, RowType output, int maxBatch) {
    inputs = new Rows(input, maxBatch);
    try {
      outputs = new Rows(output, maxBatch);
    } catch (Throwable e) {
      inputs.all.free();
      throw e;
    }
  }

  /// Copies a row in.
  void read(MemorySegment row, int at) {
    MemorySegment.copy(row, 0, inputs.bytes, at * inputs.rowBytes, inputs.rowBytes);
  }

  /// Copies a row out.
  void write(int at, MemorySegment reply) {
    MemorySegment.copy(outputs.bytes, at * outputs.rowBytes, reply, 0, outputs.rowBytes);
  }

  void run(BatchFunction function, int rows) {
    try (var _ = Scope.open("batch")) {
      function.run(inputs.first(rows), outputs.first(rows));
    }
  }

  @Override
  public void close() {
    inputs.all.free();
    outputs.all.free();
  }

  private static final class Rows {
    final Tensor all;
    final MemorySegment bytes;
    final long rowBytes;

    /// By their number; made when first asked for.
    private final @Nullable Tensor[] first;

    Rows(RowType type, int maxBatch) {
      try (var _ = Scope.open("batcher")) {
        all = type.batch(maxBatch);
      }
      bytes = all.segment();
      rowBytes = type.byteSize();
      first = new Tensor[maxBatch + 1];
    }

    Tensor first(int rows) {
      Tensor known = first[rows];
      if (known == null) {
        known = all.narrow(0, 0, rows);
        first[rows] = known;
      }
      return known;
    }
  }
}
