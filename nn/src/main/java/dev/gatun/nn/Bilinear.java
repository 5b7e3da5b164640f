package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `y[k] = x1ᵀ W[k] x2 + b[k]` of the rows of two inputs.
///
/// | tensor     | shape             |
/// |------------|-------------------|
/// | first, `x1`  | `[*, in1]`      |
/// | second, `x2` | `[*, in2]`      |
/// | `weight`   | `[out, in1, in2]` |
/// | `bias`     | `[out]`           |
/// | result     | `[*, out]`        |
///
/// Weight and bias are drawn from `U(-1/√in1, 1/√in1)`, as PyTorch does.
public final class Bilinear extends Module {
  private final long in1Features;
  private final long in2Features;
  private final long outFeatures;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /// F32, with a bias, drawn from the process's generator.
  ///
  /// @param in1Features size of the first input's last dimension
  /// @param in2Features size of the second input's last dimension
  /// @param outFeatures size of the result's last dimension
  public Bilinear(long in1Features, long in2Features, long outFeatures) {
    this(in1Features, in2Features, outFeatures, true, DType.F32, Generator.shared());
  }

  /// Makes the layer.
  ///
  /// @param in1Features size of the first input's last dimension
  /// @param in2Features size of the second input's last dimension
  /// @param outFeatures size of the result's last dimension
  /// @param bias whether a bias is added
  /// @param dtype F32 or F64
  /// @param generator where the parameters are drawn from
  public Bilinear(
      long in1Features,
      long in2Features,
      long outFeatures,
      boolean bias,
      DType dtype,
      Generator generator) {
    if (in1Features < 1) {
      throw new IllegalArgumentException("Bilinear: in1Features must be positive: " + in1Features);
    }
    this.in1Features = in1Features;
    this.in2Features = in2Features;
    this.outFeatures = outFeatures;
    try (var _ = Scope.open("Bilinear")) {
      weight = parameter("weight", Tensor.empty(dtype, outFeatures, in1Features, in2Features));
      this.bias = bias ? parameter("bias", Tensor.empty(dtype, outFeatures)) : null;
    }
    resetParameters(generator);
  }

  /// Draws the parameters anew.
  ///
  /// @param generator where they are drawn from
  public void resetParameters(Generator generator) {
    double bound = 1 / Math.sqrt((double) in1Features);
    Init.uniform_(weight, -bound, bound, generator);
    if (bias != null) {
      Init.uniform_(bias, -bound, bound, generator);
    }
  }

  /// Computes the form of two inputs; the result belongs to the current scope.
  ///
  /// @param x1 `[*, in1]`
  /// @param x2 `[*, in2]`
  /// @return `[*, out]`
  public Tensor forward(Tensor x1, Tensor x2) {
    return F.bilinear(x1, x2, value("weight", weight), bias);
  }

  /// Refuses: there are two inputs.
  @Override
  public Tensor forward(Tensor x) {
    throw new UnsupportedOperationException(
        "Bilinear: needs two inputs; call forward(Tensor, Tensor)");
  }

  @Override
  boolean computes(String name) {
    return name.equals("weight");
  }

  /// {@return the weight, `[out, in1, in2]`}
  public Parameter weight() {
    return weight;
  }

  /// {@return the bias, `[out]`; null for a layer without}
  public @Nullable Parameter bias() {
    return bias;
  }

  @Override
  protected String extraRepr() {
    return "in1_features=%d, in2_features=%d, out_features=%d, bias=%s"
        .formatted(in1Features, in2Features, outFeatures, bias == null ? "False" : "True");
  }

  /// One product of all `x2` with all of `W`, whose rows are then multiplied with `x1`.
  static Tensor apply(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    long[] shape = x1.shape();
    long[] other = x2.shape();
    int last = shape.length - 1;
    boolean fits =
        weight.dim() == 3
            && last >= 0
            && shape.length == other.length
            && Arrays.equals(shape, 0, last, other, 0, last)
            && shape[last] == weight.size(1)
            && other[last] == weight.size(2);
    if (!fits) {
      throw new ShapeException(
          "bilinear: inputs do not fit each other and the weight: %s, %s and %s (expected [*,in1], [*,in2] and [out,in1,in2])"
              .formatted(Numbers.text(shape), Numbers.text(other), Numbers.text(weight.shape())));
    }
    long out = weight.size(0);
    long rows = Arrays.stream(shape, 0, last).reduce(1, (a, b) -> a * b);
    Tensor second = x2.reshape(rows, other[last]);
    Tensor inner = second.linear(weight.reshape(out * shape[last], other[last]), null);
    Tensor first = x1.reshape(rows, shape[last], 1);
    Tensor y = inner.view(rows, out, shape[last]).matmul(first);
    shape[last] = out;
    Tensor result = y.view(shape);
    return bias == null ? result : result.add(bias);
  }
}
