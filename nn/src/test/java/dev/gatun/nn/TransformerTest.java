package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.MultiheadAttention.Options;
import dev.gatun.nn.MultiheadAttention.Result;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the golden cases of attention and Transformers do not say.
class TransformerTest {
  private static final AttentionArguments ALONE = AttentionArguments.of().needWeights(false);

  private static MultiheadAttention attention() {
    return new MultiheadAttention(Options.of(6, 3).dtype(DType.F64).batchFirst(true));
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    Checks.assertClose(expected.toDoubleArray(), actual.toDoubleArray(), 1e-12, 1e-12);
  }

  @Test
  void outputIsTheSameWithAndWithoutWeights() {
    try (MultiheadAttention m = attention();
        var _ = Scope.open()) {
      Tensor x = Checks.sample(1, 2, 5, 6);
      Result with = m.forward(x, x, x);
      Result without = m.forward(x, x, x, ALONE);
      assertNull(without.weights());
      assertClose(with.output(), without.output());
      assertClose(with.output(), m.forward(x));
      try (var _ = NoGrad.open()) {
        assertClose(with.output(), m.forward(x));
      }
      Tensor copy = x.copy();
      assertClose(with.output(), m.forward(x, copy, copy, ALONE).output());
      assertClose(with.output(), m.forward(x, copy, x.copy(), ALONE).output());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void causalIsTheSameAsItsMask(boolean weights) {
    try (MultiheadAttention m = attention();
        var _ = Scope.open()) {
      Tensor x = Checks.sample(2, 2, 5, 6);
      Tensor later = Tensor.ones(DType.BOOL, 5, 5).triu(1);
      Tensor none = Tensor.zeros(DType.BOOL, 2, 5);
      AttentionArguments with = AttentionArguments.of().needWeights(weights);
      Tensor masked = m.forward(x, x, x, with.attnMask(later)).output();
      assertClose(masked, m.forward(x, x, x, with.isCausal(true)).output());
      AttentionArguments both = with.isCausal(true).keyPaddingMask(none);
      assertClose(masked, m.forward(x, x, x, both).output());
      Tensor added = Transformer.generateSquareSubsequentMask(5);
      assertClose(masked, m.forward(x, x, x, with.attnMask(added)).output());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoSeesNothingAttendsToNothing(boolean weights) {
    try (MultiheadAttention m = attention();
        var _ = Scope.open()) {
      Tensor x = Checks.sample(3, 1, 2, 6);
      Tensor hidden = Tensor.ones(DType.BOOL, 1, 2);
      Result y =
          m.forward(x, x, x, AttentionArguments.of().needWeights(weights).keyPaddingMask(hidden));
      assertEquals(0, y.output().abs().sum().item());
      y.output().sum().backward();
      assertEquals(0, Objects.requireNonNull(x.grad()).abs().sum().item());
      if (weights) {
        assertEquals(0, present(y.weights()).abs().sum().item());
      }
    }
  }

  private static Tensor present(@Nullable Tensor x) {
    assertNotNull(x);
    return x;
  }

  @Test
  void dropsWeightsInTrainingAlone() {
    Generator generator = Generator.seeded(4);
    Options options =
        Options.of(6, 3).dtype(DType.F64).dropout(0.5).generator(generator).batchFirst(true);
    try (MultiheadAttention m = new MultiheadAttention(options);
        var _ = Scope.open()) {
      Tensor x = Checks.sample(5, 2, 5, 6);
      assertNotEquals(m.forward(x).sum().item(), m.forward(x).sum().item());
      assertNotEquals(
          m.forward(x, x, x).output().sum().item(), m.forward(x, x, x).output().sum().item());
      m.eval();
      assertClose(m.forward(x), m.forward(x, x, x).output());
    }
  }

  @Test
  void isAFunctionToo() {
    try (MultiheadAttention m = new MultiheadAttention(Options.of(6, 3).dtype(DType.F64));
        var _ = Scope.open()) {
      Tensor x = Checks.sample(6, 5, 2, 6);
      Tensor y = Checks.sample(7, 4, 2, 6);
      var p = m.namedParameters();
      Result result =
          F.multiHeadAttentionForward(
              x,
              y,
              y,
              3,
              Objects.requireNonNull(p.get("in_proj_weight")),
              p.get("in_proj_bias"),
              Objects.requireNonNull(p.get("out_proj.weight")),
              p.get("out_proj.bias"),
              0,
              AttentionArguments.of());
      Result expected = m.forward(x, y, y);
      assertClose(expected.output(), result.output());
      assertClose(present(expected.weights()), present(result.weights()));
      Tensor own = x.scaledDotProductAttention(x, x);
      assertClose(own, F.scaledDotProductAttention(x, x, x));
      assertClose(own, F.scaledDotProductAttention(x, x, x, null, 0, false));
      double scale = 1 / Math.sqrt(6);
      assertClose(own, F.scaledDotProductAttention(x, x, x, null, 0, false, scale));
    }
  }

  @Test
  void copiesOfALayerAreApart() {
    TransformerOptions options = TransformerOptions.of(4, 2).dimFeedforward(5);
    try (TransformerEncoderLayer layer = new TransformerEncoderLayer(options)) {
      layer.eval();
      layer.parameters().getFirst().requiresGrad_(false);
      try (TransformerEncoder encoder = new TransformerEncoder(layer, 2)) {
        TransformerEncoderLayer copy = encoder.layers().get(1);
        assertEquals(layer.stateDict().keySet(), copy.stateDict().keySet());
        layer
            .stateDict()
            .forEach((name, value) ->
                assertArrayEquals(
                    value.toDoubleArray(),
                    Objects.requireNonNull(copy.stateDict().get(name)).toDoubleArray(),
                    name));
        assertFalse(copy.isTraining());
        assertFalse(copy.parameters().getFirst().requiresGrad());
        Init.zeros_(copy.parameters().getLast());
        Init.ones_(encoder.layers().get(0).parameters().getLast());
        assertEquals(0, copy.parameters().getLast().abs().sum().item());
        assertEquals(2 * layer.parameters().size(), encoder.parameters().size());
      }
    }
  }

  @Test
  void causalLayersHideWhatComesLater() {
    TransformerOptions options =
        TransformerOptions.of(4, 2).dimFeedforward(5).dtype(DType.F64).dropout(0);
    try (TransformerEncoder m =
            new TransformerEncoder(() -> new TransformerEncoderLayer(options), 2, null);
        var _ = Scope.open()) {
      Tensor x = Checks.sample(8, 5, 2, 4);
      Tensor mask = Transformer.generateSquareSubsequentMask(5, DType.F64);
      assertClose(m.forward(x, mask, null), m.forward(x, null, null, true));
      assertClose(
          m.forward(x, mask, null).narrow(0, 0, 3), m.forward(x.narrow(0, 0, 3), null, null, true));
    }
  }

  @Test
  void resultsWithoutAGraphAreTheSame() {
    TransformerOptions options =
        TransformerOptions.of(4, 2).dimFeedforward(5).dtype(DType.F64).batchFirst(true);
    try (TransformerEncoderLayer m = new TransformerEncoderLayer(options);
        TransformerEncoderLayer same =
            new TransformerEncoderLayer(options.activation(Tensor::relu));
        var _ = Scope.open()) {
      m.eval();
      same.loadStateDict(m.stateDict());
      same.eval();
      Tensor x = Checks.sample(9, 2, 5, 4);
      Tensor y = m.forward(x);
      assertClose(y, same.forward(x));
      try (var _ = NoGrad.open()) {
        assertClose(y, m.forward(x));
        assertClose(y, m.optimizeForInference().call(x));
      }
    }
  }

  @Test
  void hooksOfThePartsRun() {
    int[] calls = new int[1];
    TransformerOptions options = TransformerOptions.of(4, 2).dimFeedforward(5);
    try (TransformerEncoderLayer m = new TransformerEncoderLayer(options);
        var _ = Scope.open()) {
      for (String name : List.of("linear1", "linear2", "norm1", "dropout2", "self_attn.out_proj")) {
        var _ =
            Objects.requireNonNull(m.namedModules().get(name))
                .registerForwardHook((_, _, y) -> {
                  calls[0]++;
                  return y;
                });
      }
      Tensor _ = m.call(Tensor.rand(3, 2, 4));
      assertEquals(5, calls[0]);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (MultiheadAttention m = new MultiheadAttention(Options.of(4, 2).kdim(3));
        var _ = Scope.open()) {
      Tensor q = Tensor.zeros(5, 2, 4);
      Tensor k = Tensor.zeros(3, 2, 3);
      Tensor v = Tensor.zeros(3, 2, 4);
      refused(
          "MultiheadAttention: the last dimension of key is not kdim: [3,2,4] (4 vs 3)",
          () -> m.forward(q, v, v));
      refused(
          "MultiheadAttention: the last dimension of query is not embedDim: [3,2,3] (3 vs 4)",
          () -> m.forward(k, k, v));
      refused(
          "MultiheadAttention: key and value have different lengths: [3,2,3] and [5,2,4] (3 vs 5)",
          () -> m.forward(q, k, q));
      refused(
          "MultiheadAttention: query, key and value are of different batches: [5,1,4], [3,2,3] and [3,2,4] (batchFirst=false)",
          () -> m.forward(Tensor.zeros(5, 1, 4), k, v));
      refused(
          "MultiheadAttention: query, key and value need 3 dimensions, or 2 without a batch: [4], [3,2,3] and [3,2,4]",
          () -> m.forward(Tensor.zeros(4), k, v));
      refused(
          "MultiheadAttention: attnMask is neither [L, S] nor [N * heads, L, S]: [3,5] ([5,3] or [4,5,3])",
          () -> m.forward(q, k, v, ALONE.attnMask(Tensor.zeros(3, 5))));
      refused(
          "MultiheadAttention: keyPaddingMask is not [N, S]: [3,2] ([2,3])",
          () -> m.forward(q, k, v, ALONE.keyPaddingMask(Tensor.zeros(DType.BOOL, 3, 2))));
      assertEquals(
          "MultiheadAttention: a mask must be BOOL, or floating to be added: I64 [1,1,5,3]",
          assertThrows(
                  DTypeException.class,
                  () -> m.forward(q, k, v, ALONE.attnMask(Tensor.zeros(DType.I64, 5, 3))))
              .getMessage());
    }
    assertEquals(
        "MultiheadAttention: embedDim must be a multiple of numHeads: 5 and 2",
        assertThrows(IllegalArgumentException.class, () -> new MultiheadAttention(5, 2))
            .getMessage());
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(ShapeException.class, call).getMessage());
  }

  @Test
  void whatNeedsTwoSequencesSaysSo() {
    TransformerOptions options = TransformerOptions.of(4, 2).dimFeedforward(5);
    try (Transformer m = new Transformer(options, 1, 1);
        var _ = Scope.open()) {
      Tensor x = Tensor.zeros(3, 2, 4);
      unsupported("Transformer: needs a target; call forward(src, tgt)", () -> m.forward(x));
      unsupported(
          "TransformerDecoder: needs a memory; call forward(tgt, memory)",
          () -> m.decoder().forward(x));
      unsupported(
          "TransformerDecoderLayer: needs a memory; call forward(tgt, memory)",
          () -> m.decoder().layers().get(0).forward(x));
      refused(
          "Transformer: source and target are of different batches: [3,2,4] and [3,1,4] (batchFirst=false)",
          () -> m.forward(x, Tensor.zeros(3, 1, 4)));
      assertArrayEquals(x.shape(), m.encoder().forward(x).shape());
    }
  }

  private static void unsupported(String message, Executable call) {
    assertEquals(message, assertThrows(UnsupportedOperationException.class, call).getMessage());
  }

  @Test
  void laterPositionsAreMinusInfinity() {
    try (var _ = Scope.open()) {
      double minus = Double.NEGATIVE_INFINITY;
      assertArrayEquals(
          new double[] {0, minus, minus, 0, 0, minus, 0, 0, 0},
          Transformer.generateSquareSubsequentMask(3).toDoubleArray());
    }
  }
}
