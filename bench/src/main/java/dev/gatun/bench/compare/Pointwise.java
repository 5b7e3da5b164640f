package dev.gatun.bench.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// An operation on a million F32 numbers, as a matrix of `[SIDE,SIDE]`.
///
/// @param operation which
public record Pointwise(Operation operation) implements Workload {
  /// Rows and columns.
  public static final int SIDE = 1000;

  /// Numbers in a matrix.
  public static final int COUNT = SIDE * SIDE;

  private static final double RANGE = 4;

  /// What is done.
  public enum Operation {
    /// The sum of two matrices, in new memory.
    ADD,
    /// The sum of two matrices, in memory that is there: that of the first one, or a third one.
    ADD_INTO,
    /// `max(x, 0)`.
    RELU,
    /// The hyperbolic tangent.
    TANH,
    /// `1 / (1 + exp(-x))`.
    SIGMOID,
    /// The exponential.
    EXP,
    /// Over each row.
    SOFTMAX,
    /// All of them.
    SUM;

    /// Whether there are two operands.
    ///
    /// @return true for sums of matrices
    public boolean isBinary() {
      return this == ADD || this == ADD_INTO;
    }
  }

  @Override
  public String name() {
    String size = operation == Operation.SOFTMAX ? SIDE + "x" + SIDE : "1M";
    return operation.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ' ' + size;
  }

  /// The operand, or the first one.
  ///
  /// @return row-major
  public float[] a() {
    return Inputs.uniform(3, COUNT, RANGE);
  }

  /// The second operand of a binary one.
  ///
  /// @return row-major
  public float[] b() {
    return Inputs.uniform(4, COUNT, RANGE);
  }

  @Override
  public Group group() {
    return Group.POINTWISE;
  }

  @Override
  public void check(double[] got) {
    double[] a = Inputs.doubles(a());
    switch (operation) {
      case ADD, ADD_INTO -> {
        float[] b = b();
        double[] want = new double[COUNT];
        Arrays.setAll(want, i -> a[i] + b[i]);
        Inputs.requireClose(name(), got, want, 1e-6);
      }
      case RELU -> check(got, a, x -> Math.max(x, 0));
      case TANH -> check(got, a, Math::tanh);
      case SIGMOID -> check(got, a, x -> 1 / (1 + Math.exp(-x)));
      case EXP -> check(got, a, Math::exp);
      case SOFTMAX -> {
        for (int i = 0; i < SIDE; i++) {
          double[] want = Arrays.copyOfRange(a, i * SIDE, (i + 1) * SIDE);
          softmax(want);
          double[] row = Arrays.copyOfRange(got, i * SIDE, (i + 1) * SIDE);
          Inputs.requireClose(name() + ", row " + i, row, want, 2e-6);
        }
      }
      case SUM -> {
        Inputs.requireLength(name(), got, 1);
        double want = Arrays.stream(a).sum();
        // The terms cancel: the error is that of a sum of their sizes.
        double limit = 1e-7 * Arrays.stream(a).map(Math::abs).sum();
        Inputs.requireClose(name(), got, new double[] {want}, limit / Math.abs(want));
      }
    }
  }

  private void check(double[] got, double[] a, DoubleUnaryOperator function) {
    Inputs.requireClose(name(), got, Arrays.stream(a).map(function).toArray(), 2e-6);
  }

  private static void softmax(double[] row) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      row[j] = Math.exp(row[j]);
      sum += row[j];
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= sum;
    }
  }
}
