package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;

/// `x` above 0, `weight x` elsewhere, with one learned weight for all, or one for each channel (He
/// and others, arXiv:1502.01852).
///
/// | tensor           | shape                                                |
/// |------------------|------------------------------------------------------|
/// | input and result | any with one weight, else `[N, numParameters, *]`    |
/// | `weight`         | `[numParameters]`                                    |
public final class PReLU extends Module {
  private final int numParameters;
  private final Parameter weight;

  /// F32, one weight of 0.25.
  public PReLU() {
    this(1);
  }

  /// F32, weights of 0.25.
  ///
  /// @param numParameters 1, or the number of channels
  public PReLU(int numParameters) {
    this(numParameters, 0.25, DType.F32);
  }

  /// Makes the layer.
  ///
  /// @param numParameters 1, or the number of channels
  /// @param init what the weights start as
  /// @param dtype F32 or F64
  public PReLU(int numParameters, double init, DType dtype) {
    if (numParameters < 1) {
      throw new IllegalArgumentException("PReLU: numParameters must be positive: " + numParameters);
    }
    this.numParameters = numParameters;
    try (var _ = Scope.open("PReLU")) {
      weight = parameter("weight", Tensor.full(dtype, init, numParameters));
    }
  }

  @Override
  public Tensor forward(Tensor x) {
    return F.prelu(x, weight);
  }

  /// {@return the weight, `[numParameters]`}
  public Parameter weight() {
    return weight;
  }

  @Override
  protected String extraRepr() {
    return "num_parameters=" + numParameters;
  }
}
