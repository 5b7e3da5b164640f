package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.MemoryStats;
import dev.gatun.memory.Scope;
import dev.gatun.nn.optim.Adam;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Garbage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What the golden cases do not tell of recurrent layers and packed sequences.
class RecurrentLayersTest {
  private static final RecurrentOptions SMALL = RecurrentOptions.of(3, 2);

  @Test
  void dropsOutBetweenLayersInTrainingOnly() {
    RecurrentOptions options = SMALL.numLayers(2).dropout(0.5);
    try (var lstm = new LSTM(options, 0, DType.F32, Generator.seeded(3));
        var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(1), 5, 4, 3);
      double[] first = lstm.forward(x).toDoubleArray();
      assertNotEquals(first[0], lstm.forward(x).toDoubleArray()[0]);
      lstm.eval();
      assertArrayEquals(lstm.forward(x).toDoubleArray(), lstm.forward(x).toDoubleArray());
    }
  }

  @Test
  void keepsResultsAloneWithoutAGraph() {
    try (var gru = new GRU(SMALL.numLayers(3).bidirectional(true));
        var _ = Scope.open();
        var _ = NoGrad.open()) {
      Tensor x = Tensor.ones(50, 4, 3);
      Garbage.collect();
      long before = MemoryStats.now().liveBytes();
      var all = gru.forward(x, null);
      long results = (all.output().numel() + 6 * all.h().numel()) * Float.BYTES;
      long kept = MemoryStats.now().liveBytes() - before;
      assertEquals(true, kept <= results, () -> kept + " bytes, results have " + results);
    }
  }

  @Test
  void learnsToCarryTheFirstInputToTheEnd() {
    Generator generator = Generator.seeded(7);
    try (var lstm = new LSTM(RecurrentOptions.of(1, 8), 0, DType.F32, generator);
        var head = new Linear(8, 1, generator)) {
      var parameters = new ArrayList<>(lstm.parameters());
      parameters.addAll(head.parameters());
      Adam adam = new Adam(parameters, 0.05);
      double loss = 1;
      for (int step = 0; step < 120; step++) {
        try (var _ = Scope.open()) {
          Tensor first = Tensor.rand(generator, 1, 16, 1).ge(0.5).to(DType.F32);
          Tensor x = Tensor.cat(0, first, Tensor.zeros(5, 16, 1));
          Tensor y = head.forward(lstm.forward(x).select(0, 5));
          Tensor error = F.binaryCrossEntropyWithLogits(y, first.select(0, 0));
          adam.zeroGrad();
          error.backward();
          adam.step();
          loss = error.item();
        }
      }
      double last = loss;
      assertEquals(true, last < 0.05, () -> "loss " + last);
    }
  }

  @Test
  void packsAndPads() {
    try (var _ = Scope.open()) {
      Tensor x = Tensor.arange(24).to(DType.F64).view(3, 4, 2).detach().requiresGrad_();
      PackedSequence packed = RnnUtils.packPaddedSequence(x, new long[] {2, 4, 1}, true, false);
      assertArrayEquals(new long[] {3, 2, 1, 1}, packed.batchSizes().toLongArray());
      assertArrayEquals(
          new double[] {8, 9, 0, 1, 16, 17, 10, 11, 2, 3, 12, 13, 14, 15},
          packed.data().toDoubleArray());
      PaddedSequence padded = RnnUtils.padPackedSequence(packed, true, -1, 5);
      assertArrayEquals(new long[] {3, 5, 2}, padded.output().shape());
      assertArrayEquals(new long[] {2, 4, 1}, padded.lengths().toLongArray());
      assertArrayEquals(
          new double[] {0, 1, 2, 3, -1, -1, -1, -1, -1, -1},
          padded.output().select(0, 0).toDoubleArray());
      padded.output().sum().backward();
      Tensor g = Objects.requireNonNull(x.grad());
      assertArrayEquals(new double[] {1, 1, 1, 1, 0, 0, 0, 0}, g.select(0, 0).toDoubleArray());
    }
  }

  @Test
  void padsAndPacksLists() {
    try (var _ = Scope.open()) {
      List<Tensor> all = List.of(Tensor.ones(1, 2), Tensor.full(DType.F32, 2, 3, 2));
      Tensor padded = RnnUtils.padSequence(all, true, 9);
      assertArrayEquals(new double[] {1, 1, 9, 9, 9, 9, 2, 2, 2, 2, 2, 2}, padded.toDoubleArray());
      assertArrayEquals(new long[] {3, 2, 2}, RnnUtils.padSequence(all, false, 0).shape());
      PackedSequence packed = RnnUtils.packSequence(all, false);
      assertArrayEquals(new long[] {2, 1, 1}, packed.batchSizes().toLongArray());
      assertMessage(
          "packPaddedSequence: lengths must not grow: [1,3]; pass enforceSorted = false",
          () -> RnnUtils.packSequence(all, true));
    }
  }

  @Test
  void saysWhatDoesNotFit() {
    try (var lstm = new LSTM(SMALL);
        var gru = new GRU(SMALL.bidirectional(true));
        var cell = new LSTMCell(3, 2);
        var _ = Scope.open()) {
      assertMessage(
          "LSTM: input must end with inputSize: [5,4,7] (7 != 3)",
          () -> lstm.forward(Tensor.ones(5, 4, 7)));
      assertMessage(
          "LSTM: input must have 2 dimensions or 3: [3]", () -> lstm.forward(Tensor.ones(3)));
      assertMessage(
          "LSTM: c0 must be [1,4,2] for input [5,4,3]: [4,2]",
          () -> lstm.forward(Tensor.ones(5, 4, 3), Tensor.zeros(1, 4, 2), Tensor.zeros(4, 2)));
      assertMessage(
          "GRU: h0 must be [2,2] for input [5,3]: [1,2]",
          () -> gru.forward(Tensor.ones(5, 3), Tensor.zeros(1, 2)));
      assertMessage(
          "LSTMCell: input must be [batch,3] or [3]: [4,5]", () -> cell.forward(Tensor.ones(4, 5)));
      assertMessage(
          "LSTMCell: c must be [4,2] for input [4,3]: [3,2]",
          () -> cell.forward(Tensor.ones(4, 3), null, Tensor.zeros(3, 2)));
      assertMessage(
          "RNN: nonlinearity must be TANH or RELU: SELU",
          () -> new RNN(SMALL, Nonlinearity.SELU).close());
      assertMessage(
          "LSTM: projSize must be 0, or less than hiddenSize: 2 (hiddenSize 2)",
          () -> new LSTM(SMALL, 2, DType.F32, Generator.shared()).close());
      assertMessage(
          "recurrent layer: sizes must be positive: inputSize 3, hiddenSize 0, numLayers 1",
          () -> RecurrentOptions.of(3, 0));
    }
  }

  private static void assertMessage(String expected, Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertEquals(expected, e.getMessage());
  }
}
