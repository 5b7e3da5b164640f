package dev.gatun.tensor;

import java.util.Arrays;

/// A list of sizes or dimensions as the attribute of an operation: PyTorch's `torch.Size`. Equal by
/// content, printed as `[2,3]`, without boxes. The array is not copied and must not change.
final class Size {
  private final long[] values;

  private Size(long[] values) {
    this.values = values;
  }

  static Size of(long... values) {
    return new Size(values);
  }

  long[] values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Size size && Arrays.equals(values, size.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Shapes.format(values);
  }
}
