package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Activation;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// `y = x Wᵀ + b` over the last dimension.
///
/// | tensor   | shape      |
/// |----------|------------|
/// | input    | `[*, in]`  |
/// | `weight` | `[out, in]`|
/// | `bias`   | `[out]`    |
/// | result   | `[*, out]` |
///
/// Weight and bias are drawn from `U(-1/√in, 1/√in)`, as PyTorch does.
public sealed class Linear extends Module permits LazyLinear, NonDynamicallyQuantizableLinear {
  private static final String WEIGHT = "weight";

  private final long outFeatures;
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private volatile @Nullable Packed packed;

  /// F32, with a bias, drawn from the process's generator.
  ///
  /// @param inFeatures size of the input's last dimension
  /// @param outFeatures size of the result's last dimension
  public Linear(long inFeatures, long outFeatures) {
    this(inFeatures, outFeatures, true);
  }

  /// F32, drawn from the process's generator.
  ///
  /// @param inFeatures size of the input's last dimension
  /// @param outFeatures size of the result's last dimension
  /// @param bias whether a bias is added
  public Linear(long inFeatures, long outFeatures, boolean bias) {
    this(inFeatures, outFeatures, bias, DType.F32);
  }

  /// F32, with a bias.
  ///
  /// @param inFeatures size of the input's last dimension
  /// @param outFeatures size of the result's last dimension
  /// @param generator where the parameters are drawn from
  public Linear(long inFeatures, long outFeatures, Generator generator) {
    this(inFeatures, outFeatures, true, DType.F32, generator);
  }

  /// Drawn from the process's generator.
  ///
  /// @param inFeatures size of the input's last dimension
  /// @param outFeatures size of the result's last dimension
  /// @param bias whether a bias is added
  /// @param dtype F32 or F64
  public Linear(long inFeatures, long outFeatures, boolean bias, DType dtype) {
    this(inFeatures, outFeatures, bias, dtype, Generator.shared());
  }

  /// Makes the layer.
  ///
  /// @param inFeatures size of the input's last dimension
  /// @param outFeatures size of the result's last dimension
  /// @param bias whether a bias is added
  /// @param dtype F32 or F64
  /// @param generator where the parameters are drawn from
  public Linear(long inFeatures, long outFeatures, boolean bias, DType dtype, Generator generator) {
    this.outFeatures = outFeatures;
    try (var _ = Scope.open("Linear")) {
      weight = parameter("weight", Tensor.empty(dtype, outFeatures, inFeatures));
      this.bias = bias ? parameter("bias", Tensor.empty(dtype, outFeatures)) : null;
    }
    resetParameters(generator);
  }

  /// With parameters that may have no shapes yet.
  Linear(long outFeatures, Parameter weight, @Nullable Parameter bias) {
    this.outFeatures = outFeatures;
    this.weight = parameter("weight", weight);
    this.bias = bias == null ? null : parameter("bias", bias);
  }

  /// Draws the parameters anew.
  ///
  /// @param generator where they are drawn from
  public void resetParameters(Generator generator) {
    resetWeight(generator);
    resetBias(generator);
  }

  final void resetWeight(Generator generator) {
    Init.uniform_(weight, -bound(), bound(), generator);
  }

  final void resetBias(Generator generator) {
    if (bias != null) {
      Init.uniform_(bias, -bound(), bound(), generator);
    }
  }

  private double bound() {
    return inFeatures() > 0 ? 1 / Math.sqrt((double) inFeatures()) : 0;
  }

  @Override
  public final Tensor forward(Tensor x) {
    return forward(x, Activation.NONE);
  }

  /// What this layer and then an activation compute, as one operation.
  Tensor forward(Tensor x, Activation activation) {
    Packed copy = packed;
    return copy == null || !NoGrad.isOpen()
        ? x.linear(value(WEIGHT, weight), bias, activation)
        : x.linear(current(copy), bias, activation);
  }

  /// Threads that find the copy outdated at once each make one, and the last one stays.
  private Tensor current(Packed copy) {
    if (copy.version == weight.version()) {
      return copy.weight;
    }
    Packed fresh = Packed.of(weight);
    packed = fresh;
    return fresh.weight;
  }

  @Override
  final boolean computes(String name) {
    return name.equals(WEIGHT);
  }

  @Override
  void optimize(boolean on) {
    Packed before = packed;
    packed = on && registry().computed(WEIGHT) == null ? Packed.of(weight) : null;
    if (before != null) {
      before.weight.free();
    }
  }

  /// The weight, stored column by column: a product with few rows then reads along what it adds to.
  ///
  /// @param weight a view `[out, in]` of it
  /// @param version of the weight when it was copied
  private record Packed(Tensor weight, int version) {
    static Packed of(Tensor weight) {
      try (var _ = Scope.open("optimizeForInference");
          var _ = NoGrad.open()) {
        int version = weight.version();
        return new Packed(weight.t().shared().t(), version);
      }
    }
  }

  /// {@return the weight, `[out, in]`}
  public final Parameter weight() {
    return weight;
  }

  /// {@return the bias, `[out]`; null for a layer without}
  public final @Nullable Parameter bias() {
    return bias;
  }

  /// {@return the size of the input's last dimension; 0 while a lazy layer does not know it}
  public final long inFeatures() {
    return weight.isUninitialized() ? 0 : weight.size(1);
  }

  /// {@return the size of the result's last dimension}
  public final long outFeatures() {
    return outFeatures;
  }

  @Override
  protected String extraRepr() {
    return "in_features=%d, out_features=%d, bias=%s"
        .formatted(inFeatures(), outFeatures, bias == null ? "False" : "True");
  }
}
