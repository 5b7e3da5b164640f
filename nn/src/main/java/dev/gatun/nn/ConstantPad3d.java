package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// One value around the last three dimensions.
public final class ConstantPad3d extends PadLayer {
  private final double value;

  /// Makes the layer; it has no parameters.
  ///
  /// @param value what is added
  /// @param padding how much on all sides, or on each: left, right, top, bottom, front and back;
  ///   less than 0 takes away
  public ConstantPad3d(double value, long... padding) {
    super(3, PadMode.CONSTANT, value, padding);
    this.value = value;
  }

  @Override
  protected String extraRepr() {
    return "padding=%s, value=%s".formatted(Sizes.tuple(padding), Numbers.text(value));
  }
}
