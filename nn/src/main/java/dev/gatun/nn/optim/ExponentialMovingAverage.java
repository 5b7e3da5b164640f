package dev.gatun.nn.optim;

import dev.gatun.nn.Module;

/// A mean of a model's weights in which older ones count less and less: `average = decay · average
/// + (1 - decay) · weights`.
public final class ExponentialMovingAverage extends AveragedModel {
  /// Of parameters alone.
  ///
  /// @param model is copied
  /// @param decay share of the average that is kept, such as 0.999
  public ExponentialMovingAverage(Module model, double decay) {
    this(model, decay, false);
  }

  /// Of parameters, and of buffers where wanted.
  ///
  /// @param model is copied
  /// @param decay share of the average that is kept, 0 to 1
  /// @param useBuffers whether floating buffers are averaged too
  public ExponentialMovingAverage(Module model, double decay, boolean useBuffers) {
    super(model, (average, value, _) -> average.lerp_(value, 1 - decay), useBuffers);
    if (!(decay >= 0 && decay <= 1)) {
      close();
      throw new IllegalArgumentException(
          "ExponentialMovingAverage: decay must be 0 to 1: " + decay);
    }
  }
}
