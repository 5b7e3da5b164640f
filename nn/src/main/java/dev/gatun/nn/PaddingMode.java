package dev.gatun.nn;

import java.util.Locale;

/// What a [Convolution] reads outside of its input.
public enum PaddingMode {
  /// Zeros.
  ZEROS,
  /// The elements behind the edge in the opposite order, the edge itself not repeated.
  REFLECT,
  /// The edge, again and again.
  REPLICATE,
  /// The elements of the other side, as if the dimension were a circle.
  CIRCULAR;

  /// PyTorch's name.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
