package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.InferenceMode;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@SuppressWarnings("MustBeClosedChecker") // what is not closed was never made
class PlanTest {
  private static Sequential mlp() {
    Generator g = Generator.seeded(3);
    Sequential mlp =
        new Sequential(
            new Linear(20, 256, g), new ReLU(), new Dropout(0.5), new Linear(256, 10, g));
    mlp.eval();
    return mlp;
  }

  private static float[] expected(Module module, Tensor x) {
    try (var _ = InferenceMode.open();
        var _ = Scope.open("expected")) {
      return module.call(x).toFloatArray();
    }
  }

  @Test
  void computesWhatTheModuleDoesAtEveryBatch() {
    try (Sequential mlp = mlp();
        Plan plan = Plan.compile(mlp, DType.F32, 70, 20);
        var _ = Scope.open("test")) {
      Generator g = Generator.seeded(5);
      for (int batch : new int[] {70, 1, 2, 33, 70, 1}) {
        Tensor x = Tensor.randn(g, DType.F32, batch, 20);
        assertArrayEquals(expected(mlp, x), plan.run(x).toFloatArray(), 1e-5f);
      }
      for (int batch = 1; batch <= 70; batch++) {
        Tensor x = Tensor.randn(g, DType.F32, batch, 20);
        assertArrayEquals(expected(mlp, x), plan.run(x).toFloatArray(), 1e-5f);
      }
    }
  }

  @Test
  void readsAndWritesTheCallersMemory() {
    try (Sequential mlp = mlp();
        Plan plan = Plan.compile(mlp, DType.F32, 4, 20);
        Arena arena = Arena.ofConfined();
        var _ = Scope.open("test")) {
      Tensor x = Tensor.randn(Generator.seeded(1), DType.F32, 3, 20);
      MemorySegment in = arena.allocate(3 * 20 * 4);
      in.copyFrom(x.segment());
      float[] out = new float[30];
      plan.run(in, MemorySegment.ofArray(out), 3);
      assertArrayEquals(expected(mlp, x), out, 1e-5f);
      MemorySegment nativeOut = arena.allocate(3 * 10 * 4);
      plan.run(MemorySegment.ofArray(x.toFloatArray()), nativeOut, 3);
      assertArrayEquals(out, nativeOut.toArray(ValueLayout.JAVA_FLOAT));
      assertArrayEquals(new long[] {10}, plan.resultRow());
    }
  }

  @Test
  void manyThreadsUseOnePlan() throws InterruptedException {
    try (Sequential mlp = mlp();
        Plan plan = Plan.compile(mlp, DType.F32, 8, 20)) {
      List<Thread> threads = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int seed = i;
        Runnable calls =
            () -> {
              try (var _ = Scope.open("thread")) {
                Tensor x = Tensor.randn(Generator.seeded(seed), DType.F32, 1 + seed % 8, 20);
                float[] expected = expected(mlp, x);
                for (int k = 0; k < 50; k++) {
                  assertArrayEquals(expected, plan.run(x).toFloatArray(), 1e-5f);
                }
              } catch (Throwable e) {
                synchronized (failures) {
                  failures.add(e);
                }
              }
            };
        threads.add(
            i % 2 == 0 ? Thread.ofPlatform().start(calls) : Thread.startVirtualThread(calls));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), failures);
    }
  }

  @Test
  void refusesWhatItCannotDoAgain() {
    try (Sequential mlp = mlp()) {
      mlp.train();
      assertMessage(
          "compile: the module is in training mode: Sequential; call eval() first",
          () -> Plan.compile(mlp, DType.F32, 4, 20).close());
      mlp.eval();
      assertMessage(
          "compile: maxBatch must be 1 or more: 0",
          () -> Plan.compile(mlp, DType.F32, 0, 20).close());
      try (var _ = mlp.registerForwardHook((_, _, y) -> y)) {
        assertMessage(
            "compile: hooks would not run: Sequential has some; remove them first",
            () -> Plan.compile(mlp, DType.F32, 4, 20).close());
      }
    }
    try (Module branching = new Branching()) {
      branching.eval();
      assertMessage(
          "trace: item looks at the elements of tensor [], which depend on the input;"
              + " another input might lead another way",
          () -> Plan.compile(branching, DType.F32, 4, 20).close());
    }
  }

  private static final class Branching extends Module {
    @Override
    public Tensor forward(Tensor x) {
      return x.sum().item() > 0 ? x : x.neg();
    }
  }

  @Test
  void refusesWrongCalls() {
    try (Sequential mlp = mlp();
        var _ = Scope.open("test")) {
      Plan plan = Plan.compile(mlp, DType.F32, 4, 20);
      float[] in = new float[20];
      float[] out = new float[10];
      assertMessage(
          "run: batch out of range: 5 (expected 1..4)",
          () -> plan.run(MemorySegment.ofArray(in), MemorySegment.ofArray(out), 5));
      assertMessage(
          "program: 0 of the inputs is too short: 80 bytes for tensor [2,20] of F32 (160 bytes)",
          () -> plan.run(MemorySegment.ofArray(in), MemorySegment.ofArray(out), 2));
      assertMessage(
          "program: input 0 has shape [2,21], but [2,20] was traced",
          () -> plan.run(Tensor.zeros(DType.F32, 2, 21)));
      try (var _ = NoGrad.open()) {
        mlp.parameters().getFirst().mul_(2);
      }
      assertMessage(
          "program: a tensor that it reads was changed since the trace; trace again",
          () -> plan.run(Tensor.zeros(DType.F32, 4, 20)));
      plan.close();
      plan.close();
      assertMessage("plan: it is closed", () -> plan.run(Tensor.zeros(DType.F32, 4, 20)));
    }
  }

  @Test
  void explainsItself() {
    try (Sequential mlp = mlp();
        Plan plan = Plan.compile(mlp, DType.F32, 64, 20)) {
      boolean vector = Backends.vectorAvailable() && Backends.current() != Backend.SCALAR;
      assertEquals(
          """
          2 steps on %s: 70656 bytes for results (68096 without reuse), 0 for constants, 31784 of weights
          step  operation                             inputs                  results       kernel  bytes  weights
             0  linear[activation=RELU, weights=F32]  [64,20] [256,20] [256]  [64,256] F32  K       65536    21504
             1  linear[activation=NONE, weights=F32]  [64,256] [10,256] [10]  [64,10] F32   K        2560    10280
          """
              .formatted(Backends.current().name().toLowerCase(Locale.ROOT))
              .replace("kernel", vector ? "kernel       " : "kernel")
              .replace("K     ", vector ? "vector packed" : "scalar"),
          plan.explain().replace(System.lineSeparator(), "\n"));
      // Input, hidden layer and result; the result lies where the input was.
      assertEquals(64 * (20 + 256) * 4, plan.peakBytes());
    }
  }

  @Test
  void takesDoubles() {
    Generator g = Generator.seeded(4);
    try (Sequential mlp =
            new Sequential(
                new Linear(20, 33, true, DType.F64, g),
                new SiLU(),
                new Linear(33, 7, true, DType.F64, g));
        var _ = Scope.open("test")) {
      mlp.eval();
      try (Plan plan = Plan.compile(mlp, Plan.Options.of(40).dtype(DType.F64), 20);
          var _ = InferenceMode.open()) {
        for (int batch : new int[] {1, 16, 17, 40}) {
          Tensor x = Tensor.randn(g, DType.F64, batch, 20);
          double[] expected = mlp.call(x).toDoubleArray();
          assertArrayEquals(expected, plan.run(x).toDoubleArray(), 1e-12);
          double[] out = new double[batch * 7];
          MemorySegment in = MemorySegment.ofArray(x.toDoubleArray());
          plan.run(in, MemorySegment.ofArray(out), batch);
          assertArrayEquals(expected, out, 1e-12);
        }
        assertMessage(
            "program: input 0 is F32, but F64 was traced",
            () -> plan.run(Tensor.zeros(DType.F32, 40, 20)));
      }
    }
  }

  /// The activation is a call of its own in the module, and a part of the product in the plan.
  private static final class Block extends Module {
    private final Linear hidden = child("hidden", new Linear(20, 32, Generator.seeded(7)));
    private final Linear out = child("out", new Linear(32, 5, Generator.seeded(8)));

    @Override
    public Tensor forward(Tensor x) {
      Tensor h = F.tanh(hidden.call(x));
      return out.call(h).add(F.relu(out.call(h.mul(2))));
    }
  }

  @Test
  void joinsLayersAndActivations() {
    try (Module block = new Block()) {
      block.eval();
      try (Plan plan = Plan.compile(block, DType.F32, 40, 20);
          var _ = Scope.open("test")) {
        String text = plan.explain();
        assertTrue(text.contains("linear[activation=TANH"), text);
        assertTrue(text.contains("linear[activation=RELU"), text);
        Tensor x = Tensor.randn(Generator.seeded(9), DType.F32, 40, 20);
        assertArrayEquals(expected(block, x), plan.run(x).toFloatArray(), 1e-5f);
        Tensor few = Tensor.randn(Generator.seeded(10), DType.F32, 3, 20);
        assertArrayEquals(expected(block, few), plan.run(few).toFloatArray(), 1e-5f);
      }
    }
  }

  private static void assertMessage(
      String expected, org.junit.jupiter.api.function.Executable call) {
    assertEquals(expected, assertThrows(RuntimeException.class, call).getMessage());
  }
}
