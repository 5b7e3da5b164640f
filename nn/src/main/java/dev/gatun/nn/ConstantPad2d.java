package dev.gatun.nn;

import dev.gatun.tensor.PadMode;

/// One value around the last two dimensions.
public final class ConstantPad2d extends PadLayer {
  private final double value;

  /// Makes the layer; it has no parameters.
  ///
  /// @param value what is added
  /// @param padding how much on all sides, or on each: left, right, top and bottom; less than 0
  ///   takes away
  public ConstantPad2d(double value, long... padding) {
    super(2, PadMode.CONSTANT, value, padding);
    this.value = value;
  }

  @Override
  protected String extraRepr() {
    return "padding=%s, value=%s".formatted(Sizes.tuple(padding), Numbers.text(value));
  }
}
