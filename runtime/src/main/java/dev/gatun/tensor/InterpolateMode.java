package dev.gatun.tensor;

/// How [ResampleOps#interpolate] finds a value between elements.
public enum InterpolateMode {
  /// The element at the position rounded down, as PyTorch and older OpenCV do.
  NEAREST,
  /// The element whose middle is nearest.
  NEAREST_EXACT,
  /// On the straight line between two elements, along one dimension.
  LINEAR,
  /// [#LINEAR] along two dimensions.
  BILINEAR,
  /// [#LINEAR] along three dimensions.
  TRILINEAR,
  /// On a curve of third degree through four elements, along two dimensions (Keys, 1981, a =
  /// -0.75).
  BICUBIC,
  /// The mean of the elements that an output covers: an adaptive average pooling.
  AREA;

  /// The dimensions that the mode is made for; 0 for any number.
  int dims() {
    return switch (this) {
      case NEAREST, NEAREST_EXACT, AREA -> 0;
      case LINEAR -> 1;
      case BILINEAR, BICUBIC -> 2;
      case TRILINEAR -> 3;
    };
  }
}
