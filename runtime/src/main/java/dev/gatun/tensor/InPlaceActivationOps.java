package dev.gatun.tensor;

/// Activations that change this tensor and return it; see [ActivationOps] and [InPlaceOps].
///
/// Dtypes: F32 and F64; others are a [DTypeException].
public sealed interface InPlaceActivationOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// As [ActivationOps#leakyRelu()], in place.
  ///
  /// @return this
  default Tensor leakyRelu_() {
    return new Activations.LeakyRelu(0.01).inPlace(self());
  }

  /// As [ActivationOps#leakyRelu(double)], in place.
  ///
  /// @param slope of the lower part
  /// @return this
  default Tensor leakyRelu_(double slope) {
    return new Activations.LeakyRelu(slope).inPlace(self());
  }

  /// As [ActivationOps#threshold(double, double)], in place.
  ///
  /// @param threshold the largest element that is replaced
  /// @param value what it is replaced by
  /// @return this
  default Tensor threshold_(double threshold, double value) {
    return new Activations.Threshold(threshold, value).inPlace(self());
  }

  /// As [ActivationOps#hardtanh()], in place.
  ///
  /// @return this
  default Tensor hardtanh_() {
    return new Activations.Hardtanh("hardtanh", -1, 1).inPlace(self());
  }

  /// As [ActivationOps#hardtanh(double, double)], in place.
  ///
  /// @param low the lower bound
  /// @param high the higher bound
  /// @return this
  default Tensor hardtanh_(double low, double high) {
    return new Activations.Hardtanh("hardtanh", low, high).inPlace(self());
  }

  /// As [ActivationOps#relu6()], in place.
  ///
  /// @return this
  default Tensor relu6_() {
    return new Activations.Hardtanh("relu6", 0, 6).inPlace(self());
  }

  /// As [ActivationOps#hardsigmoid()], in place.
  ///
  /// @return this
  default Tensor hardsigmoid_() {
    return new Activations.Hardsigmoid().inPlace(self());
  }

  /// As [ActivationOps#hardswish()], in place.
  ///
  /// @return this
  default Tensor hardswish_() {
    return new Activations.Hardswish().inPlace(self());
  }

  /// As [ActivationOps#elu()], in place.
  ///
  /// @return this
  default Tensor elu_() {
    return Swishes.Elu.elu(1).inPlace(self());
  }

  /// As [ActivationOps#elu(double)], in place.
  ///
  /// @param alpha minus the limit at -∞
  /// @return this
  default Tensor elu_(double alpha) {
    return Swishes.Elu.elu(alpha).inPlace(self());
  }

  /// As [ActivationOps#selu()], in place.
  ///
  /// @return this
  default Tensor selu_() {
    return Swishes.Elu.selu().inPlace(self());
  }

  /// As [ActivationOps#celu()], in place.
  ///
  /// @return this
  default Tensor celu_() {
    return Swishes.Elu.celu(1).inPlace(self());
  }

  /// As [ActivationOps#celu(double)], in place.
  ///
  /// @param alpha minus the limit at -∞, not 0
  /// @return this
  /// @throws IllegalArgumentException if alpha is 0
  default Tensor celu_(double alpha) {
    return Swishes.Elu.celu(alpha).inPlace(self());
  }

  /// As [ActivationOps#silu()], in place.
  ///
  /// @return this
  default Tensor silu_() {
    return new Swishes.Silu().inPlace(self());
  }

  /// As [ActivationOps#mish()], in place.
  ///
  /// @return this
  default Tensor mish_() {
    return new Swishes.Mish().inPlace(self());
  }

  /// As [ActivationOps#rrelu(double, double, Generator)], in place.
  ///
  /// @param lower the smallest slope
  /// @param upper the largest slope
  /// @param generator where the slopes are drawn from
  /// @return this
  /// @throws IllegalArgumentException if lower is above upper
  default Tensor rrelu_(double lower, double upper, Generator generator) {
    Tensor slopes = Gates.slopes("rrelu_", self(), lower, upper, generator);
    return new Gates.Prelu("rrelu_").inPlace(self(), slopes);
  }
}
