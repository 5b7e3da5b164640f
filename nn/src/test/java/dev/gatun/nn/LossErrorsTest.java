package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What losses and distances refuse, and how they print.
class LossErrorsTest {
  private static <E extends Exception> void refuses(
      Class<E> type, String message, Executable call) {
    try (var _ = Scope.open()) {
      assertEquals(message, assertThrows(type, call).getMessage());
    }
  }

  private static Tensor zeros(long... shape) {
    return Tensor.zeros(shape);
  }

  @Test
  void refusesInputsAndTargetsThatDiffer() {
    record Named(String name, BiFunction<Tensor, Tensor, Tensor> loss) {}
    for (Named named :
        List.of(
            new Named("smoothL1Loss", F::smoothL1Loss),
            new Named("huberLoss", F::huberLoss),
            new Named("binaryCrossEntropy", F::binaryCrossEntropy),
            new Named("klDiv", F::klDiv),
            new Named("poissonNllLoss", F::poissonNllLoss),
            new Named("hingeEmbeddingLoss", F::hingeEmbeddingLoss),
            new Named("softMarginLoss", F::softMarginLoss),
            new Named("multilabelSoftMarginLoss", F::multilabelSoftMarginLoss))) {
      refuses(
          ShapeException.class,
          named.name
              + ": input and target have different shapes: [2,3] and [3]; reshape or expand one",
          () -> named.loss.apply(zeros(2, 3), zeros(3)));
    }
  }

  @Test
  void refusesDimensionsThatAreNotThere() {
    refuses(
        ShapeException.class,
        "cosineSimilarity: dim 1 out of range for shape [3] (expected -1..0)",
        () -> F.cosineSimilarity(zeros(3), zeros(3)));
    refuses(
        ShapeException.class,
        "cosineSimilarity: dim -3 out of range for shape [2,3] (expected -2..1)",
        () -> F.cosineSimilarity(zeros(2, 3), zeros(3), -3, 1e-8));
  }

  @Test
  void refusesOptionsWithoutMeaning() {
    Class<IllegalArgumentException> bad = IllegalArgumentException.class;
    refuses(
        bad,
        "smoothL1Loss: beta must not be negative: -1.0",
        () -> new SmoothL1Loss().withBeta(-1));
    refuses(bad, "huberLoss: delta must be positive: 0.0", () -> new HuberLoss().withDelta(0));
    refuses(
        bad, "gaussianNllLoss: eps must be positive: 0.0", () -> new GaussianNLLLoss().withEps(0));
    refuses(bad, "multiMarginLoss: p must be 1 or 2: 3", () -> new MultiMarginLoss().withP(3));
    refuses(bad, "pdist: p must not be negative: -1.0", () -> F.pdist(zeros(2, 3), -1));
    refuses(
        bad,
        "mseLoss: reduction BATCHMEAN is for klDiv only; use MEAN or SUM",
        () -> F.mseLoss(zeros(2), zeros(2), Reduction.BATCHMEAN));
    refuses(
        bad,
        "crossEntropy: reduction BATCHMEAN is for klDiv only; use MEAN or SUM",
        () -> F.crossEntropy(zeros(2, 3), Checks.classes(0, 1), Reduction.BATCHMEAN));
    refuses(
        bad,
        "nllLoss: reduction BATCHMEAN is for klDiv only; use MEAN or SUM",
        () -> F.nllLoss(zeros(2, 3), Checks.classes(0, 1), null, -100, Reduction.BATCHMEAN));
  }

  @Test
  void refusesWhatIsNoProbabilityOrVariance() {
    refuses(
        IllegalArgumentException.class,
        "binaryCrossEntropy: input must be between 0 and 1: smallest 0.0, largest 1.5; see binaryCrossEntropyWithLogits",
        () -> F.binaryCrossEntropy(Checks.f64(0, 1.5), Checks.f64(0, 1)));
    refuses(
        IllegalArgumentException.class,
        "gaussianNllLoss: variance must not be negative: smallest -1.0",
        () -> F.gaussianNllLoss(Checks.f64(0), Checks.f64(0), Checks.f64(-1)));
    refuses(
        ShapeException.class,
        "gaussianNllLoss: variance does not fit the input: [3] and [2,3]",
        () -> F.gaussianNllLoss(zeros(2, 3), zeros(2, 3), zeros(3)));
  }

  @Test
  void refusesClassesThatDoNotFit() {
    refuses(
        IndexOutOfBoundsException.class,
        "multiMarginLoss: target out of range: smallest 0, largest 3 (expected 0..2)",
        () -> F.multiMarginLoss(zeros(2, 3), Checks.classes(0, 3)));
    refuses(
        IndexOutOfBoundsException.class,
        "multilabelMarginLoss: target out of range: smallest -2, largest 1 (expected -1..2)",
        () -> F.multilabelMarginLoss(zeros(3), Checks.classes(1, -2, 0)));
    refuses(
        DTypeException.class,
        "multiMarginLoss: target must hold classes as I64: F32 [2]; convert it with to(DType.I64)",
        () -> F.multiMarginLoss(zeros(2, 3), zeros(2)));
    refuses(
        ShapeException.class,
        "multiMarginLoss: needs [N,C] and [N], or [C] and []: [2,3] and [3]",
        () -> F.multiMarginLoss(zeros(2, 3), Checks.classes(0, 1, 2)));
    refuses(
        ShapeException.class,
        "multiMarginLoss: weight must have one value per class: [2] (expected [3])",
        () ->
            new MultiMarginLoss().withWeight(zeros(2)).forward(zeros(2, 3), Checks.classes(0, 1)));
    refuses(
        ShapeException.class,
        "multilabelMarginLoss: input must be [N,C] or [C]: [1,2,3]",
        () -> F.multilabelMarginLoss(zeros(1, 2, 3), Checks.classes(0)));
  }

  @Test
  void refusesEmbeddingsThatDoNotFit() {
    refuses(
        ShapeException.class,
        "marginRankingLoss: operands differ in rank: [2,3], [3] and [2] (2, 1 and 1)",
        () -> F.marginRankingLoss(zeros(2, 3), zeros(3), zeros(2)));
    refuses(
        ShapeException.class,
        "tripletMarginLoss: operands differ in rank: [2,3], [2,3] and [3] (2, 2 and 1)",
        () -> F.tripletMarginLoss(zeros(2, 3), zeros(2, 3), zeros(3)));
    refuses(
        ShapeException.class,
        "cosineEmbeddingLoss: needs [N,C] and [N], or [C] and []: [2,3] and [3]",
        () -> F.cosineEmbeddingLoss(zeros(2, 3), zeros(2, 3), zeros(3)));
    refuses(ShapeException.class, "pdist: input must be [N,D]: [3]", () -> F.pdist(zeros(3)));
  }

  @Test
  void refusesInputsOfBilinearThatDoNotFit() {
    try (Bilinear layer = new Bilinear(2, 3, 4)) {
      refuses(
          ShapeException.class,
          "bilinear: inputs do not fit each other and the weight: [5,2], [5,2] and [4,2,3] (expected [*,in1], [*,in2] and [out,in1,in2])",
          () -> layer.forward(zeros(5, 2), zeros(5, 2)));
      refuses(
          UnsupportedOperationException.class,
          "Bilinear: needs two inputs; call forward(Tensor, Tensor)",
          () -> layer.forward(zeros(5, 2)));
    }
    refuses(
        UnsupportedOperationException.class,
        "CosineSimilarity: needs two inputs; call forward(Tensor, Tensor)",
        () -> new CosineSimilarity().forward(zeros(5, 2)));
    refuses(
        UnsupportedOperationException.class,
        "PairwiseDistance: needs two inputs; call forward(Tensor, Tensor)",
        () -> new PairwiseDistance().forward(zeros(5, 2)));
    refuses(
        IllegalArgumentException.class,
        "Bilinear: in1Features must be positive: 0",
        () -> new Bilinear(0, 3, 4));
    refuses(
        IllegalArgumentException.class, "Unflatten: there are no sizes", () -> new Unflatten(1));
  }

  @Test
  void drawsTheSameForASeed() {
    try (Bilinear a = new Bilinear(2, 3, 4);
        Bilinear b = new Bilinear(2, 3, 4);
        var _ = Scope.open()) {
      a.resetParameters(Generator.seeded(1));
      b.resetParameters(Generator.seeded(1));
      assertEquals(0, a.weight().sub(b.weight()).abs().max().item());
    }
  }

  @Test
  void printsAsInPyTorch() {
    for (Record loss :
        List.of(
            new SmoothL1Loss(),
            new HuberLoss(),
            new BCELoss(),
            new KLDivLoss(),
            new PoissonNLLLoss(),
            new GaussianNLLLoss(),
            new HingeEmbeddingLoss(),
            new SoftMarginLoss(),
            new MultiLabelSoftMarginLoss(),
            new MultiLabelMarginLoss(),
            new MarginRankingLoss(),
            new TripletMarginLoss(),
            new TripletMarginWithDistanceLoss(),
            new CosineEmbeddingLoss(),
            new MultiMarginLoss())) {
      assertEquals(loss.getClass().getSimpleName() + "()", loss.toString());
    }
  }
}
