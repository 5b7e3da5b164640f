package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Activation;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;

/// A [Linear] layer that takes `inFeatures` from its first input. Before that, its parameters are
/// uninitialized; see [LazyModule].
public final class LazyLinear extends Linear implements LazyModule {
  private final Generator generator;

  /// F32, with a bias, drawn from the process's generator.
  ///
  /// @param outFeatures size of the result's last dimension
  public LazyLinear(long outFeatures) {
    this(outFeatures, true);
  }

  /// F32, drawn from the process's generator.
  ///
  /// @param outFeatures size of the result's last dimension
  /// @param bias whether a bias is added
  public LazyLinear(long outFeatures, boolean bias) {
    this(outFeatures, bias, DType.F32, Generator.shared());
  }

  /// Makes the layer.
  ///
  /// @param outFeatures size of the result's last dimension
  /// @param bias whether a bias is added
  /// @param dtype F32 or F64
  /// @param generator where the parameters are drawn from
  public LazyLinear(long outFeatures, boolean bias, DType dtype, Generator generator) {
    super(
        outFeatures, Parameter.uninitialized(dtype), bias ? Parameter.uninitialized(dtype) : null);
    this.generator = generator;
  }

  @Override
  Tensor forward(Tensor x, Activation activation) {
    inferParameters(x);
    return super.forward(x, activation);
  }

  @Override
  public void initializeParameters(Tensor x) {
    if (x.dim() == 0) {
      throw new ShapeException("LazyLinear: input has no dimensions: []; expected [*,in]");
    }
    if (weight().isUninitialized()) {
      weight().materialize(outFeatures(), x.size(-1));
      resetWeight(generator);
    }
    Parameter bias = bias();
    if (bias != null && bias.isUninitialized()) {
      bias.materialize(outFeatures());
      resetBias(generator);
    }
  }

  /// Draws the parameters anew, if they have shapes.
  @Override
  public void resetParameters(Generator generator) {
    if (!hasUninitializedParameters()) {
      super.resetParameters(generator);
    }
  }

  @Override
  String typeName() {
    return weight().isUninitialized() ? "LazyLinear" : "Linear";
  }
}
