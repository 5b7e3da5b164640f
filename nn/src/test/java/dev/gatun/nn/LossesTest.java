package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.Scope;
import dev.gatun.tensor.DTypeException;
import dev.gatun.tensor.GradCheck;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import dev.gatun.testing.Golden;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Losses against PyTorch, their gradients and their errors.
@SuppressWarnings("MustBeClosedChecker")
class LossesTest {
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  static Stream<Golden.Case> cases() {
    return Stream.of("CrossEntropyLoss", "NLLLoss", "MSELoss", "L1Loss", "BCEWithLogitsLoss")
        .flatMap(name -> Golden.load(LossesTest.class, name + ".txt").cases().stream());
  }

  /// `CrossEntropyLoss-weight-ignoreIndex-mean` is the loss with that name and those options.
  private static Loss loss(String name, Checks.Inputs in) {
    List<String> words = List.of(name.split("-"));
    Reduction reduction =
        words.contains("none") || name.equals("BCEWithLogitsLoss-large")
            ? Reduction.NONE
            : words.contains("sum") ? Reduction.SUM : Reduction.MEAN;
    long ignore = words.contains("ignoreIndex") || words.contains("ignored") ? 1 : -100;
    return switch (words.getFirst()) {
      case "CrossEntropyLoss" ->
          new CrossEntropyLoss(
              in.find("weight"), ignore, words.contains("labelSmoothing") ? 0.1 : 0, reduction);
      case "NLLLoss" -> new NLLLoss(in.find("weight"), ignore, reduction);
      case "MSELoss" -> new MSELoss(reduction);
      case "L1Loss" -> new L1Loss(reduction);
      case "BCEWithLogitsLoss" ->
          new BCEWithLogitsLoss(in.find("weight"), in.find("pos_weight"), reduction);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithPyTorch(Golden.Case c) {
    Checks.Inputs in = Checks.inputs(c);
    Tensor y = loss(c.name(), in).forward(in.get("x"), in.get("target"));
    Checks.assertClose(c.output("y"), y);
    if (c.hasSeed()) {
      y.backward(Checks.tensor(c.seed()));
    }
    in.assertGradients(c);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "MEAN", "SUM"})
  void gradientIsThatOfTheFunction(String name) {
    Reduction reduction = Reduction.valueOf(name);
    Tensor x = Checks.sample(1, 4, 3);
    Tensor y = Checks.sample(2, 4, 3);
    Tensor weight = Checks.f64(0.5, 2, 1.25);
    Tensor target = Checks.classes(2, 0, 1, 0);
    for (Loss loss :
        List.of(
            new MSELoss(reduction),
            new L1Loss(reduction),
            new BCEWithLogitsLoss(weight, weight.add(1), reduction),
            new CrossEntropyLoss().withReduction(reduction))) {
      GradCheck.check(in -> loss.forward(in.get(0), in.get(1)), x, y);
    }
    for (Loss loss :
        List.of(
            new NLLLoss(weight, 1, reduction),
            new CrossEntropyLoss(weight, 1, 0.1, reduction),
            new CrossEntropyLoss(null, -100, 0.3, reduction))) {
      GradCheck.check(in -> loss.forward(in.getFirst(), target), x);
    }
  }

  @Test
  void classesMayHaveFurtherDimensionsOrNoBatch() {
    Tensor x = Checks.sample(3, 2, 3, 4);
    Tensor target = Tensor.of(new long[] {0, 1, 2, 0, 2, 1, 0, 2}, 2, 4);
    Tensor rows = x.transpose(1, 2).reshape(8, 3);
    assertEquals(
        F.crossEntropy(rows, target.flatten()).item(), F.crossEntropy(x, target).item(), 1e-12);
    Tensor weight = Checks.f64(0.5, 2, 1.25);
    Loss loss = new CrossEntropyLoss(weight, 2, 0.1, Reduction.MEAN);
    assertEquals(
        loss.forward(rows, target.flatten()).item(), loss.forward(x, target).item(), 1e-12);
    Tensor one = rows.select(0, 1);
    assertEquals(
        F.crossEntropy(rows.narrow(0, 1, 1), Checks.classes(1)).item(),
        F.crossEntropy(one, Tensor.of(new long[] {1})).item(),
        1e-12);
  }

  @Test
  void bceAtZeroHasHalfTheSlope() {
    Tensor x = Tensor.zeros(2).requiresGrad_();
    F.binaryCrossEntropyWithLogits(x, Tensor.of(0f, 1f)).backward();
    Tensor grad = x.grad();
    assertNotNull(grad);
    Checks.assertClose(new double[] {0.25, -0.25}, grad.toDoubleArray(), 0, 1e-7);
  }

  @Test
  void rejectsTargetsOutOfRange() {
    var e =
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> F.crossEntropy(Tensor.zeros(2, 3), Checks.classes(0, 3)));
    assertEquals(
        "crossEntropy: target out of range: smallest 0, largest 3 (expected 0..2)", e.getMessage());
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> F.nllLoss(Tensor.zeros(2, 3), Checks.classes(0, -1)));
  }

  @Test
  void rejectsShapesThatDoNotFit() {
    assertEquals(
        "crossEntropy: target does not fit the input: [2,3] and [3] (expected [2])",
        assertThrows(
                ShapeException.class,
                () -> F.crossEntropy(Tensor.zeros(2, 3), Checks.classes(0, 1, 2)))
            .getMessage());
    assertEquals(
        "mseLoss: input and target have different shapes: [4,1] and [4]; reshape or expand one",
        assertThrows(ShapeException.class, () -> F.mseLoss(Tensor.zeros(4, 1), Tensor.zeros(4)))
            .getMessage());
    assertEquals(
        "nllLoss: weight must have one value per class: [2] (expected [3])",
        assertThrows(
                ShapeException.class,
                () ->
                    new NLLLoss(Tensor.zeros(2), -100, Reduction.MEAN)
                        .forward(Tensor.zeros(2, 3), Checks.classes(0, 1)))
            .getMessage());
    assertThrows(
        ShapeException.class, () -> F.crossEntropy(Tensor.zeros(2, 3), Tensor.zeros(3, 2)));
    assertThrows(ShapeException.class, () -> F.crossEntropy(Tensor.scalar(1), Checks.classes()));
    assertThrows(ShapeException.class, () -> F.nllLoss(Tensor.scalar(1), Checks.classes(0)));
  }

  @Test
  void rejectsClassesThatAreNotIntegers() {
    assertEquals(
        "nllLoss: target must hold classes as I64: F32 [2]; convert it with to(DType.I64)",
        assertThrows(DTypeException.class, () -> F.nllLoss(Tensor.zeros(2, 3), Tensor.zeros(2)))
            .getMessage());
  }

  @Test
  void rejectsSmoothingOutsideZeroToOne() {
    assertEquals(
        "crossEntropy: label smoothing must be between 0 and 1: 1.5",
        assertThrows(
                IllegalArgumentException.class,
                () -> new CrossEntropyLoss().withLabelSmoothing(1.5))
            .getMessage());
  }

  @Test
  void distributionsThatAreCertainEqualClasses() {
    Tensor x = Checks.sample(5, 4, 3);
    Tensor classes = Checks.classes(2, 0, 1, 0);
    Tensor certain = Tensor.of(new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0}, 4, 3);
    Tensor weight = Checks.f64(0.5, 2, 1.25);
    for (Reduction reduction : List.of(Reduction.NONE, Reduction.SUM)) {
      Loss loss = new CrossEntropyLoss(weight, -100, 0.2, reduction);
      Checks.assertClose(
          loss.forward(x, classes).toDoubleArray(),
          loss.forward(x, certain).toDoubleArray(),
          1e-12,
          1e-12);
    }
    assertEquals(F.crossEntropy(x, classes).item(), F.crossEntropy(x, certain).item(), 1e-12);
  }
}
