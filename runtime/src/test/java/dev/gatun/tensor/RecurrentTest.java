package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.kernel.RecurrentCell;
import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.testing.Garbage;
import dev.gatun.testing.NoOpenScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Recurrent layers against the operations that they stand for, and their errors.
@ExtendWith(NoOpenScopes.class)
class RecurrentTest {
  /// Rows of steps, input and hidden elements: around vectors, with packed weights, with more
  /// hidden elements than one pass takes, and with enough rows for several threads.
  static Stream<Arguments> layers() {
    List<Arguments> all = new ArrayList<>();
    for (RecurrentCell cell : RecurrentCell.values()) {
      for (boolean reverse : new boolean[] {false, true}) {
        all.add(Arguments.of(cell, reverse, new long[] {3, 3, 2, 1}, 5, 17));
        all.add(Arguments.of(cell, reverse, new long[] {1, 1}, 1, 1));
        all.add(Arguments.of(cell, reverse, new long[] {32, 32, 32, 32}, 20, 96));
      }
      all.add(Arguments.of(cell, false, new long[] {6, 6, 5}, 7, 560));
      all.add(Arguments.of(cell, true, new long[] {700, 650, 3}, 3, 32));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void isItsSteps(RecurrentCell cell, boolean reverse, long[] sizes, long in, long hidden) {
    try (var _ = Scope.open()) {
      Tensor[] exact = inputs(cell, sizes, in, hidden);
      Recurrent layer = new Recurrent(cell, Size.of(sizes), reverse, true);
      List<Tensor> expected = RecurrentSteps.compute(layer, exact);
      loss(expected).backward();
      for (DType dtype : new DType[] {DType.F64, DType.F32}) {
        Tensor[] inputs = new Tensor[exact.length];
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = exact[i].detach().to(dtype).copy().requiresGrad_();
        }
        List<Tensor> actual = layer.apply(inputs);
        double tolerance = dtype == DType.F64 ? 1e-11 : 2e-5;
        for (int k = 0; k < expected.size(); k++) {
          assertClose(expected.get(k), actual.get(k), tolerance, "result " + k);
        }
        loss(actual.subList(0, expected.size())).backward();
        for (int i = 0; i < inputs.length; i++) {
          assertClose(gradient(exact[i]), gradient(inputs[i]), tolerance, "input " + i);
        }
      }
    }
  }

  private static Tensor gradient(Tensor x) {
    return Objects.requireNonNull(x.grad());
  }

  private static Tensor[] inputs(RecurrentCell cell, long[] sizes, long in, long hidden) {
    Generator generator = Generator.seeded(hidden + in);
    long rows = 0;
    for (long size : sizes) {
      rows += size;
    }
    long gates = cell.gates() * hidden;
    double scale = 1 / Math.sqrt((double) hidden);
    List<Tensor> all = new ArrayList<>();
    all.add(Tensor.randn(generator, rows, in));
    all.add(Tensor.randn(generator, gates, in).mul(scale));
    all.add(Tensor.randn(generator, gates, hidden).mul(scale));
    all.add(Tensor.randn(generator, sizes[0], hidden));
    if (cell == RecurrentCell.LSTM) {
      all.add(Tensor.randn(generator, sizes[0], hidden));
    }
    all.add(Tensor.randn(generator, gates).mul(scale));
    all.add(Tensor.randn(generator, gates).mul(scale));
    return all.stream().map(x -> x.to(DType.F64).detach().requiresGrad_()).toArray(Tensor[]::new);
  }

  /// A loss that each result has another part in.
  private static Tensor loss(List<Tensor> results) {
    Tensor sum = results.get(0).square().sum();
    for (int k = 1; k < results.size(); k++) {
      sum = sum.add(results.get(k).mul(k).sum());
    }
    return sum;
  }

  private static void assertClose(Tensor expected, Tensor actual, double tolerance, String what) {
    double largest = Math.max(1, expected.abs().max().item());
    double off = expected.detach().sub(actual.detach().to(DType.F64)).abs().max().item();
    assertFalse(!(off <= tolerance * largest), () -> what + " is off by " + off);
  }

  @Test
  void keepsNothingWithoutAGraph() {
    try (var outer = Scope.open()) {
      Tensor x = Tensor.ones(10, 4, 8);
      Tensor h = Tensor.zeros(4, 64);
      RecurrentWeights w = weights(4, 8, 64);
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      LstmStates all = x.lstm(w, h, h, false);
      long results = (all.output().numel() + 2 * h.numel()) * Float.BYTES;
      assertEquals(results, MemoryStats.now().liveBytes() - before, outer.toString());
    }
  }

  private static RecurrentWeights weights(long gates, long in, long hidden) {
    return new RecurrentWeights(
        Tensor.ones(gates * hidden, in), Tensor.ones(gates * hidden, hidden), null, null);
  }

  @Test
  void saysWhatDoesNotFit() {
    try (var _ = Scope.open()) {
      RecurrentWeights w = weights(4, 3, 2);
      Tensor h = Tensor.zeros(5, 2);
      Tensor x = Tensor.ones(4, 5, 3);
      assertMessage(
          "lstm: needs [steps, batch, in] with at least one step, got [5,3]",
          () -> Tensor.ones(5, 3).lstm(w, h, h, false));
      assertMessage(
          "lstm: needs [steps, batch, in] with at least one step, got [0,5,3]",
          () -> Tensor.ones(0, 5, 3).lstm(w, h, h, false));
      assertMessage(
          "lstm: weights of the input must be [8,7] for input [4,5,7]: [8,3]",
          () -> Tensor.ones(4, 5, 7).lstm(w, h, h, false));
      assertMessage(
          "lstm: c0 must be [5,2] for input [4,5,3]: [6,2]",
          () -> x.lstm(w, h, Tensor.zeros(6, 2), false));
      assertMessage(
          "gru: hidden weights must be [3 hidden, hidden]: [8,2]", () -> x.gru(w, h, false));
      assertMessage(
          "lstm: rows of steps must be positive and must not grow: [2,3]",
          () -> Tensor.ones(5, 3).lstm(w, h, h, false, 2, 3));
      assertMessage(
          "lstm: packed rows do not fit: [6,3] with rows of steps [3,2] (5)",
          () -> Tensor.ones(6, 3).lstm(w, h, h, false, 3, 2));
      assertMessage(
          "lstm: dtypes differ: F32 [4,5,3] and F64 [5,2]; convert one with to(DType)",
          () -> x.lstm(w, h.to(DType.F64), h, false));
    }
  }

  private static void assertMessage(String expected, Runnable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(expected, e.getMessage());
  }
}
