package dev.gatun.demo.oip;

import java.util.Arrays;

/// What a model takes and gives: rows of so many F32 numbers.
///
/// @param features numbers of one row of the input
/// @param outputs numbers of one row of the answer
public record Signature(int features, int outputs) {
  /// The name of the model's only input.
  public static final String INPUT = "input";

  /// The name of its only output.
  public static final String OUTPUT = "scores";

  /// The dtype of both.
  public static final String DATATYPE = "FP32";

  /// Pixels, as `gatun predict` takes them: divided by 255.
  public static final String PIXELS = "UINT8";

  /// Tells how many rows a shape holds: the first size of one that holds rows, or 1 where all of it
  /// is one row, whatever its shape.
  ///
  /// @param shape of an input
  /// @return how many rows
  /// @throws Refusal if it does not fit
  int rows(long[] shape) {
    long elements = elements(shape);
    if (shape.length > 1 && elements == shape[0] * features) {
      return Math.toIntExact(shape[0]);
    }
    if (shape.length > 0 && elements == features) {
      return 1;
    }
    throw Refusal.of(
        "input does not fit the model: %s; it takes [N,%d]", describe(shape), features);
  }

  private static long elements(long[] shape) {
    try {
      long elements = 1;
      for (long size : shape) {
        // Each alone too: beside a size of 0 any other would do.
        elements = Math.multiplyExact(elements, (long) Math.toIntExact(size));
      }
      return Math.toIntExact(elements);
    } catch (ArithmeticException e) {
      throw Refusal.of("input is too large: %s", describe(shape));
    }
  }

  private static String describe(long[] shape) {
    return Arrays.toString(shape).replace(" ", "");
  }
}
