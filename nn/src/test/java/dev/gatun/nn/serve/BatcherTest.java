package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.MustBeClosed;
import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Plan;
import dev.gatun.nn.ReLU;
import dev.gatun.nn.Sequential;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(NoOpenScopes.class)
class BatcherTest {
  private static final RowType PAIR = RowType.f32(2);
  private static final BatchFunction DOUBLE = BatchFunction.of(x -> x.mul(2));

  @MustBeClosed
  private static Batcher doubling() {
    return Batcher.open(DOUBLE, PAIR, PAIR, BatcherOptions.of(4));
  }

  @Test
  void answersAsTheModuleDoes() throws InterruptedException {
    Generator generator = Generator.seeded(1);
    try (Sequential model =
            new Sequential(
                new Linear(20, 32, generator), new ReLU(), new Linear(32, 10, generator));
        var _ = Scope.open()) {
      model.eval();
      float[] row = Tensor.randn(generator, 20).toFloatArray();
      try (var batcher =
              Batcher.open(
                  BatchFunction.of(model), RowType.f32(20), RowType.f32(10), BatcherOptions.of(8));
          var _ = NoGrad.open()) {
        float[] expected = model.call(Tensor.of(row, 1, 20)).toFloatArray();
        assertArrayEquals(expected, batcher.infer(row), 1e-6f);
        assertEquals(1, batcher.stats().answered());
      }
      try (var plan = Plan.compile(model, DType.F32, 8, 20);
          var batcher =
              Batcher.open(
                  BatchFunction.of(plan), RowType.f32(20), RowType.f32(10), BatcherOptions.of(8));
          var _ = NoGrad.open()) {
        float[] expected = model.call(Tensor.of(row, 1, 20)).toFloatArray();
        assertArrayEquals(expected, batcher.infer(row), 1e-5f);
      }
      try (var plan = Plan.compile(model, DType.F32, 8, 20);
          var batcher =
              Batcher.open(
                  BatchFunction.of(plan), RowType.f32(21), RowType.f32(10), BatcherOptions.of(8))) {
        var failed =
            assertThrows(BatcherException.Failed.class, () -> batcher.infer(new float[21]));
        assertEquals(
            "program: input 0 has shape [1,21], but [1,20] was traced",
            Objects.requireNonNull(failed.getCause()).getMessage());
      }
    }
  }

  @Test
  void takesAndWritesMemoryOfAnyKind() throws InterruptedException {
    try (var batcher = doubling();
        Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      for (Arena arena : List.of(confined, shared)) {
        MemorySegment row = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2);
        MemorySegment reply = arena.allocate(8, 4);
        batcher.infer(row.asReadOnly(), reply);
        assertArrayEquals(new float[] {2, 4}, reply.toArray(ValueLayout.JAVA_FLOAT));
      }
      float[] heap = new float[2];
      batcher.infer(MemorySegment.ofArray(new float[] {3, 4}), MemorySegment.ofArray(heap));
      assertArrayEquals(new float[] {6, 8}, heap);
    }
  }

  @Test
  void readsBuffersFromPositionToLimit() throws InterruptedException {
    try (var batcher = doubling()) {
      for (ByteBuffer bytes : List.of(ByteBuffer.allocateDirect(40), ByteBuffer.allocate(40))) {
        ByteBuffer row = bytes.order(ByteOrder.nativeOrder());
        row.putFloat(4, 5).putFloat(8, 6).position(4).limit(12);
        ByteBuffer reply = row.duplicate().order(row.order()).limit(28).position(20);
        batcher.infer(row, reply);
        assertEquals(4, row.position());
        assertEquals(10, reply.getFloat(20));
        assertEquals(12, reply.getFloat(24));
      }
    }
  }

  @Test
  void takesTensorsAndMakesThem() throws InterruptedException {
    try (var batcher =
            Batcher.open(
                BatchFunction.of(x -> x.sum(1).to(DType.I64)),
                RowType.of(DType.F64, 2, 3),
                RowType.of(DType.I64, 3),
                BatcherOptions.of(4));
        var _ = Scope.open()) {
      Tensor row = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2).t();
      assertArrayEquals(new long[] {3, 7, 11}, batcher.infer(row).toLongArray());
      Tensor shared = row.shared();
      assertArrayEquals(new long[] {3, 7, 11}, batcher.infer(shared).toLongArray());
      shared.free();
    }
  }

  @Test
  void completesFutures() throws InterruptedException, ExecutionException {
    try (var batcher = doubling();
        Arena shared = Arena.ofShared()) {
      CompletableFuture<float[]> again =
          batcher.submit(new float[] {1, 2}).thenCompose(batcher::submit);
      assertArrayEquals(new float[] {4, 8}, again.get());
      MemorySegment row = shared.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2);
      assertArrayEquals(
          new float[] {2, 4},
          batcher.submit(row, shared.allocate(8, 4), null).get().toArray(ValueLayout.JAVA_FLOAT));
      // What depends on an answer may wait for another, though there is one runner alone.
      assertArrayEquals(
          new float[] {6, 6},
          batcher.submit(new float[] {1, 1}).thenApply(y -> waitFor(batcher, y)).get());
    }
  }

  private static float[] waitFor(Batcher batcher, float[] row) {
    try {
      return batcher.infer(new float[] {row[0] + 1, row[1] + 1});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesWhatDoesNotFitBeforeItIsQueued() {
    try (var batcher = doubling();
        Arena arena = Arena.ofConfined();
        var _ = Scope.open()) {
      MemorySegment good = arena.allocate(8);
      refused(
          "infer: the row does not fit: 3 elements, not F32 [2] (2)",
          () -> {
            float[] _ = batcher.infer(new float[3]);
          });
      refused(
          "submit: the row does not fit: 1 elements, not F32 [2] (2)",
          () -> batcher.submit(new float[1]).get());
      refused(
          "infer: the row does not fit: 4 bytes, not F32 [2] (8)",
          () -> batcher.infer(arena.allocate(4), good));
      refused(
          "infer: the reply does not fit: 12 bytes, not F32 [2] (8)",
          () -> batcher.infer(good, arena.allocate(12)));
      refused("infer: the reply is read-only", () -> batcher.infer(good, good.asReadOnly()));
      refused(
          "infer: the row does not fit: F64 tensor [2], not F32 [2]",
          () -> batcher.infer(Tensor.zeros(DType.F64, 2)).free());
      refused(
          "infer: the row does not fit: F32 tensor [1,2], not F32 [2]",
          () -> batcher.infer(Tensor.zeros(1, 2)).free());
      refused(
          "submit: the row is confined to thread '%s'; use infer, or memory of a shared arena"
              .formatted(Thread.currentThread().getName()),
          () -> batcher.submit(good, good, null).get());
      MemorySegment gone;
      try (Arena closed = Arena.ofConfined()) {
        gone = closed.allocate(8);
      }
      refused(
          "infer: the row cannot be used: its arena is closed", () -> batcher.infer(gone, good));
      assertEquals(0, batcher.stats().batches());
    }
  }

  @Test
  void refusesFloatsForRowsOfOtherDtypes() {
    RowType ids = RowType.of(DType.I64, 2);
    try (var batcher =
        Batcher.open(BatchFunction.of(x -> x.mul(2)), ids, ids, BatcherOptions.of(4))) {
      refused(
          "infer: floats are F32: rows are I64 [2], replies I64 [2]; use segments",
          () -> {
            float[] _ = batcher.infer(new float[2]);
          });
    }
  }

  private interface Action {
    void run() throws InterruptedException, ExecutionException;
  }

  private static void refused(String message, Action action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void refusesBadOptions() {
    refused("batcher: maxBatch must be positive: 0", () -> open(BatcherOptions.of(0)));
    BatcherOptions options = BatcherOptions.of(1);
    refused("batcher: runners must be positive: 0", () -> open(options.runners(0)));
    refused("batcher: capacity must be positive: -1", () -> open(options.capacity(-1)));
    refused(
        "batcher: maxDelay must not be negative: PT-1S",
        () -> open(options.maxDelay(Duration.ofSeconds(-1))));
    refused(
        "batcher: deadline must be positive: PT0S", () -> open(options.deadline(Duration.ZERO)));
    refused(
        "row: sizes must be positive: [2,0]",
        () -> {
          RowType _ = RowType.f32(2, 0);
        });
    refused(
        "row: more than 2^31 bytes: F32[65536,65536]",
        () -> {
          RowType _ = RowType.f32(65536, 65536);
        });
  }

  private static void open(BatcherOptions options) {
    try (Batcher batcher = Batcher.open(DOUBLE, PAIR, PAIR, options)) {
      assertEquals(0, batcher.stats().answered());
    }
  }

  @Test
  void refusesModulesInTraining() {
    try (Linear model = new Linear(2, 2)) {
      assertEquals(
          "batcher: Linear is in training mode; call eval() first",
          assertThrows(IllegalStateException.class, () -> BatchFunction.of(model)).getMessage());
    }
  }

  @Test
  void givesItsMemoryBack() throws InterruptedException {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    try (var batcher =
        Batcher.open(DOUBLE, RowType.f32(1000), RowType.f32(1000), BatcherOptions.of(64))) {
      assertEquals(2, batcher.infer(new float[1000]).length / 500);
      assertTrue(MemoryStats.now().liveBytes() >= before + 2L * 64 * 4000);
    }
    Gate.until(() -> MemoryStats.now().liveBytes() <= before);
  }

  @Test
  void recordsNothing() throws InterruptedException {
    try (Linear model = new Linear(2, 2);
        var batcher =
            Batcher.open(
                BatchFunction.of(x -> {
                  Tensor y = model.call(x);
                  assertTrue(!y.requiresGrad());
                  return y;
                }),
                PAIR,
                PAIR,
                BatcherOptions.of(4))) {
      assertEquals(2, batcher.infer(new float[2]).length);
    }
  }

  @Test
  void countsWhatItDid() throws InterruptedException {
    try (var batcher = doubling()) {
      assertTrue(Double.isNaN(batcher.stats().meanBatchSize()));
      assertEquals(0, batcher.stats().waitMicros(0.5));
      for (int i = 0; i < 10; i++) {
        assertEquals(2, batcher.infer(new float[2]).length);
      }
      BatcherStats stats = batcher.stats();
      assertEquals(10, stats.answered());
      assertEquals(List.of(0L, 10L, 0L, 0L, 0L), stats.batchSizes());
      assertEquals(1.0, stats.meanBatchSize());
      assertEquals(0, stats.queueDepth());
      assertEquals(10, stats.waits().stream().mapToLong(Long::longValue).sum());
      assertTrue(stats.waitNanos() > 0 && stats.computeNanos() > 0);
      assertTrue(stats.waitMicros(1) >= stats.waitMicros(0.5));
      assertThrows(IllegalArgumentException.class, () -> stats.waitMicros(1.5));
    }
  }
}
