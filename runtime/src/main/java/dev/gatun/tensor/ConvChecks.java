package dev.gatun.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What convolutions ask of their operands.
final class ConvChecks {
  private static final String[] SPATIAL = {"L", "H,W", "D,H,W"};

  private ConvChecks() {}

  /// Checks dtypes and ranks.
  ///
  /// @return whether `x` is one image without a batch dimension
  static boolean operands(String op, int dims, Tensor x, Tensor w, @Nullable Tensor b) {
    Arithmetic.floating(op, x, w);
    if (b != null) {
      Arithmetic.same(op, x, b);
    }
    int rank = x.shape.length;
    if (w.shape.length != dims + 2 || (rank != dims + 2 && rank != dims + 1)) {
      String names = SPATIAL[dims - 1];
      throw new ShapeException(
          "%s: needs an input [N,C,%s] or [C,%s] and a weight of %d dims: %s and %s"
              .formatted(
                  op, names, names, dims + 2, Shapes.format(x.shape), Shapes.format(w.shape)));
    }
    return rank == dims + 1;
  }

  static void channels(String op, Tensor x, Tensor w, @Nullable Tensor b, int groups) {
    if (x.shape[1] != w.shape[1] * groups) {
      throw new ShapeException(
          "%s: input channels differ: %s and weight %s with groups=%d (%d != %d)"
              .formatted(
                  op,
                  Shapes.format(x.shape),
                  Shapes.format(w.shape),
                  groups,
                  x.shape[1],
                  w.shape[1] * groups));
    }
    divisible(op, "output", w, groups);
    bias(op, b, w.shape[0]);
  }

  static void transposedChannels(String op, Tensor x, Tensor w, @Nullable Tensor b, int groups) {
    if (x.shape[1] != w.shape[0]) {
      throw new ShapeException(
          "%s: input channels differ: %s and weight %s (%d != %d)"
              .formatted(
                  op, Shapes.format(x.shape), Shapes.format(w.shape), x.shape[1], w.shape[0]));
    }
    divisible(op, "input", w, groups);
    bias(op, b, w.shape[1] * groups);
  }

  private static void divisible(String op, String which, Tensor w, int groups) {
    if (w.shape[0] % groups != 0) {
      throw new ShapeException(
          "%s: groups do not divide the %s channels: weight %s with groups=%d (%d)"
              .formatted(op, which, Shapes.format(w.shape), groups, w.shape[0]));
    }
  }

  private static void bias(String op, @Nullable Tensor b, long channels) {
    if (b != null && !Arrays.equals(b.shape, new long[] {channels})) {
      throw new ShapeException(
          "%s: bias needs one element for each output channel: %s (%d channels)"
              .formatted(op, Shapes.format(b.shape), channels));
    }
  }
}
