package dev.gatun.nn.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.nn.BatchNorm1d;
import dev.gatun.nn.CrossEntropyLoss;
import dev.gatun.nn.F;
import dev.gatun.nn.Linear;
import dev.gatun.nn.Module;
import dev.gatun.nn.Parameter;
import dev.gatun.nn.optim.SGD;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// A model that changes while others read it.
@Timeout(120)
@ExtendWith(NoOpenScopes.class)
class TrainWhileServingTest {
  private static final int VERSIONS = 60;

  private static final class Mlp extends Module {
    private final Linear hidden;
    private final BatchNorm1d norm;
    private final Linear out;
    private final Tensor table;

    Mlp() {
      this(1);
    }

    Mlp(long seed) {
      Generator generator = Generator.seeded(seed);
      hidden = child("hidden", new Linear(6, 40, generator));
      norm = child("norm", new BatchNorm1d(40));
      out = child("out", new Linear(40, 4, generator));
      table = buffer("table", Tensor.zeros(4), false);
    }

    @Override
    public Tensor forward(Tensor x) {
      return out.call(F.relu(norm.call(hidden.call(x)))).add(table);
    }

    /// Every number in it becomes `value`.
    void fill(double value) {
      try (var _ = NoGrad.open()) {
        for (Parameter parameter : parameters()) {
          Tensor _ = parameter.fill_(value);
        }
        for (Tensor buffer : buffers()) {
          Tensor _ = buffer.fill_(value);
        }
      }
    }
  }

  /// A model without mixing: every reply is the sum of its weights, all of them the version.
  private static final class Flat extends Module {
    private final Linear all = child("all", new Linear(8, 1, false));

    @Override
    public Tensor forward(Tensor x) {
      return all.call(x);
    }

    Flat fill(double value) {
      try (var _ = NoGrad.open()) {
        Tensor _ = all.weight().fill_(value);
      }
      return this;
    }
  }

  private static float[] state(Module module) {
    try (var _ = Scope.open();
        var _ = NoGrad.open()) {
      List<Tensor> parts = new ArrayList<>();
      module.parameters().forEach(each -> parts.add(each.detach().reshape(-1)));
      module.buffers().forEach(each -> parts.add(each.reshape(-1).to(DType.F32)));
      return Tensor.cat(parts, 0).toFloatArray();
    }
  }

  private static void step(Mlp net, SGD optimizer, Generator data) {
    try (var _ = Scope.open("step")) {
      optimizer.zeroGrad();
      Tensor x = Tensor.randn(data, 16, 6);
      new CrossEntropyLoss().forward(net.call(x), Tensor.randint(data, 0, 4, 16)).backward();
      optimizer.step();
    }
  }

  @Test
  void aSnapshotIsACopyOfItsOwn() {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    try (Mlp net = new Mlp(7)) {
      net.fill(3);
      try (Mlp copy = Snapshot.of(Mlp::new, net)) {
        assertArrayEquals(state(net), state(copy));
        assertFalse(copy.isTraining());
        assertTrue(net.isTraining());
        assertTrue(copy.parameters().stream().noneMatch(Tensor::requiresGrad));
        net.fill(4);
        assertEquals(3, copy.table.get(0));
        assertEquals(3, copy.hidden.weight().get(0, 0));
      }
    }
    Gate.until(() -> collected() <= before);
  }

  @Test
  void aSnapshotOfAnotherStructureIsRefusedAndLeavesNothing() {
    try (Mlp net = new Mlp();
        Linear other = new Linear(6, 40);
        Linear wide = new Linear(6, 40, true, DType.F64)) {
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      assertThrows(IllegalArgumentException.class, () -> Snapshot.of(Mlp::new, other).close());
      assertEquals(
          "snapshot: 'weight' has another dtype in the module that was made: F32, not F64",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Snapshot.of(() -> new Linear(6, 40), wide).close())
              .getMessage());
      assertEquals(
          "snapshot: the maker returned the module itself",
          assertThrows(IllegalArgumentException.class, () -> Snapshot.of(() -> net, net).close())
              .getMessage());
      Gate.until(() -> collected() <= before);
    }
  }

  /// Each version is filled with one number: whoever saw a mixture, or freed memory, would tell.
  @Test
  void readersSeeWholeVersionsWhileOthersPublish() throws InterruptedException, ExecutionException {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    try (Mlp net = new Mlp();
        var versions = new Versions<Mlp>(2);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      versions.publish("0", Snapshot.of(Mlp::new, filled(net, 0)));
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        readers.add(
            threads.submit(() -> {
              int own = 0;
              while (!done.get()) {
                readOne(versions);
                reads.incrementAndGet();
                own++;
              }
              return own;
            }));
      }
      for (int version = 1; version <= VERSIONS; version++) {
        versions.publish(Integer.toString(version), Snapshot.of(Mlp::new, filled(net, version)));
        if (version % 10 == 0) {
          versions.rollBack(versions.names().getFirst());
        }
        int seen = reads.get();
        Gate.until(() -> reads.get() > seen || readers.stream().anyMatch(Future::isDone));
      }
      done.set(true);
      for (Future<Integer> reader : readers) {
        assertTrue(reader.get() >= 0);
      }
      assertEquals(2, versions.names().size());
    }
    Gate.until(() -> collected() <= before);
  }

  private static Mlp filled(Mlp net, int value) {
    net.fill(value);
    return net;
  }

  private static void readOne(Versions<Mlp> versions) {
    try (Lease<Mlp> lease = versions.acquire()) {
      float expected = Float.parseFloat(lease.name());
      for (int again = 0; again < 2; again++) {
        for (float value : state(lease.value())) {
          assertEquals(expected, value, "version " + lease.name());
        }
      }
    }
  }

  @Test
  void aBatcherGoesOnWhileModelsAreReloaded() throws InterruptedException, ExecutionException {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    AtomicBoolean done = new AtomicBoolean();
    try (Flat net = new Flat();
        var versions = new Versions<Flat>(1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      versions.publish("0", Snapshot.of(Flat::new, net.fill(0)));
      try (var batcher =
          Batcher.open(
              BatchFunction.of(versions),
              RowType.f32(8),
              RowType.f32(1),
              BatcherOptions.of(16).runners(2))) {
        List<Future<Float>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          callers.add(
              threads.submit(() -> {
                float last = 0;
                float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
                while (!done.get()) {
                  float version = batcher.infer(ones)[0] / 8;
                  assertEquals(Math.rint(version), version, "of one version");
                  assertTrue(version >= last, "back from %s to %s".formatted(last, version));
                  last = version;
                }
                return last;
              }));
        }
        for (int version = 1; version <= VERSIONS; version++) {
          versions.publish(Integer.toString(version), Snapshot.of(Flat::new, net.fill(version)));
          long answered = batcher.stats().answered();
          Gate.until(() -> batcher.stats().answered() > answered);
        }
        Gate.until(() -> batcher.stats().answered() > 1_000);
        done.set(true);
        for (Future<Float> caller : callers) {
          assertTrue(caller.get() >= 0);
        }
        BatcherStats stats = batcher.stats();
        assertEquals(0, stats.failed() + stats.late() + stats.rejected());
        assertEquals(VERSIONS, batcher.infer(new float[] {1, 1, 1, 1, 1, 1, 1, 1})[0] / 8);
      }
    }
    Gate.until(() -> collected() <= before);
  }

  private static long collected() {
    Garbage.collect();
    return MemoryStats.now().liveBytes();
  }

  @Test
  void aBatcherWithoutAVersionSaysSo() throws InterruptedException {
    try (var versions = new Versions<Flat>(1);
        Flat net = new Flat();
        var batcher =
            Batcher.open(
                BatchFunction.of(versions), RowType.f32(8), RowType.f32(1), BatcherOptions.of(2))) {
      assertEquals(
          "batcher: this row failed: java.lang.IllegalStateException: acquire: nothing was"
              + " published yet",
          assertThrows(BatcherException.Failed.class, () -> batcher.infer(new float[8]))
              .getMessage());
      versions.publish("one", Snapshot.of(Flat::new, net.fill(1)));
      assertArrayEquals(new float[] {0}, batcher.infer(new float[8]));
    }
  }

  /// Several threads train, one publishes, callers ask: the weights are the same bits as alone.
  @Test
  void trainingSideBySideGivesTheBitsOfTrainingAlone()
      throws InterruptedException, ExecutionException {
    int models = 6;
    List<float[]> alone = new ArrayList<>();
    for (int seed = 0; seed < models; seed++) {
      alone.add(train(seed, null));
    }
    AtomicBoolean done = new AtomicBoolean();
    try (var versions = new Versions<Mlp>(2);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<float[]>> training = new ArrayList<>();
      for (int i = 0; i < models; i++) {
        int seed = i;
        training.add(threads.submit(() -> train(seed, seed == 0 ? versions : null)));
      }
      Gate.until(() -> !versions.names().isEmpty());
      try (var batcher =
          Batcher.open(
              BatchFunction.of(versions), RowType.f32(6), RowType.f32(4), BatcherOptions.of(8))) {
        Future<Integer> caller =
            threads.submit(() -> {
              int answers = 0;
              while (!done.get()) {
                answers += batcher.infer(new float[6]).length / 4;
              }
              return answers;
            });
        for (int seed = 0; seed < models; seed++) {
          assertArrayEquals(alone.get(seed), training.get(seed).get(), "model " + seed);
        }
        Gate.until(() -> batcher.stats().answered() > 0);
        done.set(true);
        assertTrue(caller.get() > 0);
      }
      try (Lease<Mlp> last = versions.acquire()) {
        assertArrayEquals(alone.getFirst(), state(last.value()));
      }
    }
  }

  private static float[] train(long seed, @Nullable Versions<Mlp> versions) {
    try (Mlp net = new Mlp(seed);
        SGD optimizer = new SGD(net.parameters(), 0.1)) {
      Generator data = Generator.seeded(100 + seed);
      for (int step = 1; step <= 60; step++) {
        step(net, optimizer, data);
        if (versions != null && step % 5 == 0) {
          versions.publish("step " + step, Snapshot.of(Mlp::new, net));
        }
      }
      return state(net);
    }
  }
}
