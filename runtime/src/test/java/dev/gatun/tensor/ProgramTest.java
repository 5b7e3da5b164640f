package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@SuppressWarnings("MustBeClosedChecker") // what is not closed was never made
class ProgramTest {
  @SuppressWarnings("NullAway.Init") // before each test
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open("test");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Program trace(UnaryOperator<Tensor> function, Tensor example) {
    return Program.trace(in -> List.of(function.apply(in.getFirst())), List.of(example));
  }

  private static float[] run(Program program, float... x) {
    return program.run(List.of(Tensor.of(x))).getFirst().toFloatArray();
  }

  @Test
  void computesConstantsOnce() {
    int[] calls = {0};
    try (Program program =
        trace(
            x -> {
              calls[0]++;
              return x.mul(Tensor.arange(3).to(DType.F32).add(1).exp().log());
            },
            Tensor.zeros(3))) {
      assertArrayEquals(new float[] {1, 2, 3}, run(program, 1, 1, 1), 1e-6f);
      assertArrayEquals(new float[] {2, 6, 12}, run(program, 2, 3, 4), 1e-5f);
      assertEquals(1, calls[0]);
      assertTrue(program.toString().startsWith("1 steps on "), program.toString());
    }
  }

  @Test
  void startsEachRunWithWhatWasThere() {
    try (Program program =
        trace(
            x -> {
              Tensor sums = Tensor.ones(4);
              sums.narrow(0, 1, 3).add_(x);
              return sums.add_(sums);
            },
            Tensor.zeros(3))) {
      assertArrayEquals(new float[] {2, 4, 6, 8}, run(program, 1, 2, 3));
      assertArrayEquals(new float[] {2, 4, 4, 4}, run(program, 1, 1, 1));
    }
  }

  @Test
  void changesInputsAndResultsInPlace() {
    try (Program program = trace(x -> x.add(1).relu_().mul_(x.neg_()), Tensor.zeros(2))) {
      float[] expected = {-2, 0};
      assertArrayEquals(expected, run(program, 1, -5));
      assertArrayEquals(expected, run(program, 1, -5));
    }
  }

  @Test
  void returnsViewsConstantsAndInputs() {
    List<Tensor> examples = List.of(Tensor.zeros(2, 3));
    try (Program program =
        Program.trace(
            in -> List.of(in.getFirst().t(), Tensor.full(DType.F32, 7, 2), in.getFirst()),
            examples)) {
      Tensor x = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
      List<Tensor> results = program.run(List.of(x));
      assertArrayEquals(new long[] {3, 2}, results.getFirst().shape());
      assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, results.getFirst().toFloatArray());
      assertArrayEquals(new float[] {7, 7}, results.get(1).toFloatArray());
      assertArrayEquals(x.toFloatArray(), results.get(2).toFloatArray());
    }
  }

  @Test
  void leavesOutWhatNobodyReads() {
    try (Program program =
        trace(
            x -> {
              Tensor _ = x.exp().sum();
              return x.add(1);
            },
            Tensor.zeros(3))) {
      assertTrue(program.toString().startsWith("1 steps on "), program.toString());
    }
  }

  @Test
  void resultsShareMemory() {
    try (Program program = trace(x -> x.exp().add(1).mul(2).sub(3), Tensor.zeros(1000))) {
      // Two at a time are alive.
      assertEquals(2 * 4032, program.peakBytes());
    }
  }

  @Test
  void readsAndWritesTheCallersMemory() {
    try (Program program = trace(x -> x.add(1), Tensor.zeros(2))) {
      float[] out = new float[2];
      program.run(MemorySegment.ofArray(new float[] {1, 2}), MemorySegment.ofArray(out));
      assertArrayEquals(new float[] {2, 3}, out);
      program.run(
          List.of(MemorySegment.ofArray(new float[] {3, 4})), List.of(MemorySegment.ofArray(out)));
      assertArrayEquals(new float[] {4, 5}, out);
      assertMessage(
          "program: 0 of the results is too short: 4 bytes for tensor [2] of F32 (8 bytes)",
          () ->
              program.run(
                  MemorySegment.ofArray(new float[2]), MemorySegment.ofArray(new float[1])));
    }
  }

  @Test
  void refusesWhatDependsOnValues() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalStateException.class,
                    () -> trace(Sizes::branch, Tensor.zeros(3)).close())
                .getMessage());
    assertTrue(
        message.endsWith(
            " looks at the elements of tensor [], which depend on the input;"
                + " another input might lead another way"),
        message);
    assertMessage(
        "trace: the function takes random numbers, which each run would have to take anew",
        () -> trace(x -> x.add(Tensor.rand(3)), Tensor.zeros(3)).close());
    Tensor outside = Tensor.zeros(3);
    assertMessage(
        "trace: add_ changes tensor [3], which was not made by the function that is traced",
        () -> trace(x -> outside.add_(x), Tensor.zeros(3)).close());
    try (Program program = trace(x -> x.maskedSelect(x.gt(0)), Tensor.of(1f, -1f, 2f))) {
      assertArrayEquals(new float[] {3, 4}, run(program, 3, -1, 4));
      assertMessage(
          "program: maskedSelect needs other memory than when it was traced:"
              + " its size depends on values",
          () -> run(program, 3, 5, 4));
      assertArrayEquals(new float[] {3, 4}, run(program, 3, -1, 4));
    }
  }

  /// What a user would write.
  private static final class Sizes {
    static Tensor branch(Tensor x) {
      return x.sum().item() > 0 ? x : x.neg();
    }
  }

  @Test
  void refusesConstantsThatChangeTooLate() {
    assertMessage(
        "trace: the function changes a constant after an operation has read it",
        () ->
            trace(
                    x -> {
                      Tensor constant = Tensor.ones(3);
                      Tensor y = x.add(constant);
                      constant.add_(1);
                      return y.mul(constant);
                    },
                    Tensor.zeros(3))
                .close());
  }

  @Test
  void refusesToRunAfterAParameterHasChanged() {
    Tensor weight = Tensor.of(2f, 3f).shared();
    try (Program program = trace(x -> x.mul(weight), Tensor.zeros(2))) {
      assertArrayEquals(new float[] {2, 3}, run(program, 1, 1));
      weight.mul_(2);
      assertMessage(
          "program: a tensor that it reads was changed since the trace; trace again",
          () -> run(program, 1, 1));
    }
    weight.free();
  }

  @Test
  void keepsItsTensorsToItself() {
    List<Tensor> leaked = new ArrayList<>();
    Program program =
        trace(
            x -> {
              leaked.add(x.add(1));
              return leaked.getFirst().mul(2);
            },
            Tensor.zeros(2));
    String expected =
        "tensor [2] belongs to a program, which alone uses its memory;"
            + " return it from the function that is traced";
    assertMessage(expected, () -> leaked.getFirst().toFloatArray());
    assertArrayEquals(new float[] {4, 6}, run(program, 1, 2));
    assertMessage(expected, () -> leaked.getFirst().toFloatArray());
    assertMessage(expected, () -> leaked.getFirst().segment());
    program.close();
    assertMessage(expected, () -> leaked.getFirst().add(1));
  }

  @Test
  void refusesOtherInputs() {
    try (Program program = trace(x -> x.add(1), Tensor.zeros(2))) {
      assertMessage(
          "program: input 0 has shape [3], but [2] was traced", () -> run(program, 1, 2, 3));
      assertMessage(
          "program: input 0 is F64, but F32 was traced",
          () -> program.run(List.of(Tensor.zeros(DType.F64, 2))));
      assertMessage("program: expected 1 inputs, got 0", () -> program.run(List.of()));
    }
  }

  @Test
  void runsOnOneThreadAtATimeAndNotAfterItsEnd() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    boolean[] waits = {false};
    Program program =
        trace(
            x ->
                Trace.forward(
                    "wait",
                    () -> {
                      if (waits[0]) {
                        inside.countDown();
                        await(leave);
                      }
                      return Raw.copy(x);
                    },
                    x),
            Tensor.zeros(2));
    waits[0] = true;
    AtomicReference<float[]> result = new AtomicReference<>();
    Thread runner =
        Thread.startVirtualThread(() -> {
          try (var _ = Scope.open("runner")) {
            result.set(run(program, 1, 2));
          }
        });
    await(inside);
    assertMessage(
        "program: it is running already; trace one for each thread", () -> run(program, 1, 2));
    assertMessage("close: the program is running; wait for it", program::close);
    leave.countDown();
    runner.join();
    assertArrayEquals(new float[] {1, 2}, result.get());
    program.close();
    program.close();
    assertMessage("program: it is closed", () -> run(program, 1, 2));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void programsShareMemoryAndGiveItBack() {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    UnaryOperator<Tensor> function = x -> x.exp().add(1);
    Program large = trace(function, Tensor.zeros(5000));
    long alone = MemoryStats.now().liveBytes();
    Program small =
        large.traceBeside(in -> List.of(function.apply(in.getFirst())), List.of(Tensor.zeros(100)));
    Garbage.collect();
    assertTrue(MemoryStats.now().liveBytes() <= alone + 1024);
    assertArrayEquals(new float[] {2}, run100(small), 1e-6f);
    small.close();
    large.close();
    scope.close();
    scope = Scope.open("test");
    Garbage.collect();
    assertEquals(before, MemoryStats.now().liveBytes());
  }

  private static float[] run100(Program program) {
    Tensor result = program.run(List.of(Tensor.zeros(100))).getFirst();
    return new float[] {(float) result.mean().item()};
  }

  @Test
  void leavesNothingBehindWhenATraceFails() {
    Garbage.collect();
    long before = MemoryStats.now().liveBytes();
    assertThrows(
        IllegalStateException.class, () -> trace(Sizes::branch, Tensor.zeros(1000)).close());
    scope.close();
    scope = Scope.open("test");
    Garbage.collect();
    assertEquals(before, MemoryStats.now().liveBytes());
    // Nothing is traced any more.
    assertEquals(3, Tensor.ones(3).sum().item());
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(RuntimeException.class, call).getMessage());
  }
}
