package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.InferenceMode;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// How far the results of a [Plan] are from the right ones, on some samples.
///
/// @param rows how many samples
/// @param largestError the largest difference of two elements
/// @param meanError the mean of all differences, without their signs
/// @param largestValue the largest right element, without its sign, to judge the errors by
/// @param agreement the share of samples whose largest element stands at the same place, 0 to 1
public record PlanAccuracy(
    long rows, double largestError, double meanError, double largestValue, double agreement) {
  static PlanAccuracy of(Plan plan, UnaryOperator<Tensor> reference, Tensor samples) {
    if (samples.dim() == 0 || samples.size(0) == 0) {
      throw new ShapeException("compare: there must be rows to compare: " + samples.describe());
    }
    long rows = samples.size(0);
    double largestError = 0;
    double sum = 0;
    double largestValue = 0;
    long agreeing = 0;
    long elements = 0;
    for (long from = 0; from < rows; from += plan.maxBatch()) {
      try (var _ = Scope.open("compare");
          var _ = InferenceMode.open()) {
        long count = Math.min(plan.maxBatch(), rows - from);
        Tensor x = samples.narrow(0, from, count);
        Tensor right = reference.apply(x);
        Tensor result = plan.run(x);
        Tensor errors = result.to(DType.F64).sub(right.to(DType.F64)).abs();
        largestError = Math.max(largestError, errors.max().item());
        largestValue = Math.max(largestValue, right.abs().max().item());
        sum += errors.sum().item();
        elements += errors.numel();
        agreeing += agreeing(result.reshape(count, -1), right.reshape(count, -1));
      }
    }
    return new PlanAccuracy(
        rows, largestError, sum / elements, largestValue, (double) agreeing / rows);
  }

  private static long agreeing(Tensor results, Tensor right) {
    return Math.round(results.argmax(1).eq(right.argmax(1)).to(DType.F64).sum().item());
  }

  /// For people to read.
  ///
  /// @return one line
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d rows: errors up to %.3g, %.3g on average, of values up to %.3g; %.2f %% answer the same",
        rows,
        largestError,
        meanError,
        largestValue,
        100 * agreement);
  }
}
