package dev.gatun.demo.serve;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntConsumer;

/// Native memory where one thread at a time computes a request by itself.
final class Desk {
  private final Engine engine;
  private final int most;
  private final IntConsumer batches;
  private final MemorySegment rows;
  private final MemorySegment scores;

  /// Allocates.
  ///
  /// @param arena whose the memory is
  /// @param engine computes
  /// @param most rows that it computes at once
  /// @param batches is told the rows of every computation
  Desk(Arena arena, Engine engine, int most, IntConsumer batches) {
    this.engine = engine;
    this.most = most;
    this.batches = batches;
    rows = floats(arena, engine.signature().features());
    scores = floats(arena, engine.signature().outputs());
  }

  private MemorySegment floats(Arena arena, int size) {
    return arena.allocate((long) most * size * Float.BYTES, 64);
  }

  /// Computes rows, in several steps where they are too many for one.
  ///
  /// @param values `count` rows
  /// @param count how many
  /// @return `count` rows of the model's output
  float[] compute(float[] values, int count) {
    int features = engine.signature().features();
    int outputs = engine.signature().outputs();
    float[] result = new float[count * outputs];
    for (int from = 0; from < count; from += most) {
      int size = Math.min(most, count - from);
      MemorySegment.copy(values, from * features, rows, ValueLayout.JAVA_FLOAT, 0, size * features);
      batches.accept(size);
      engine.run(part(rows, size, features), size, part(scores, size, outputs));
      MemorySegment.copy(scores, ValueLayout.JAVA_FLOAT, 0, result, from * outputs, size * outputs);
    }
    return result;
  }

  private static MemorySegment part(MemorySegment memory, int rows, int size) {
    return memory.asSlice(0, (long) rows * size * Float.BYTES);
  }
}
