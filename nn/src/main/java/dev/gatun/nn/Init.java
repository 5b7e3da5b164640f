package dev.gatun.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.function.Supplier;

/// Fills tensors in place, unrecorded, and returns them. Where no generator is given the process's
/// own is drawn from. For a weight `[out, in, *]`, `fan_in = in * prod(*)` and `fan_out = out *
/// prod(*)`.
public final class Init extends StructuredInit {
  private Init() {}

  /// Makes a module without drawing its parameters, as a program does that loads them:
  /// `torch.nn.utils.skip_init`. Whatever this class would draw on this thread is 0 instead, and no
  /// generator advances; constants, such as the ones of a norm's weight, are set as ever.
  ///
  /// ```java
  /// Module net = Init.skip(() -> new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 10)));
  /// net.load(Path.of("model.safetensors"));
  /// ```
  ///
  /// @param <T> what is made
  /// @param module makes it
  /// @return what `module` returns
  public static <T> T skip(Supplier<T> module) {
    return ScopedValue.where(SKIPPED, true).call(module::get);
  }

  /// Draws from `U(0, 1)`.
  ///
  /// @param tensor F32 or F64
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor uniform_(Tensor tensor) {
    return uniform_(tensor, 0, 1);
  }

  /// Draws from `U(low, high)`.
  ///
  /// @param tensor F32 or F64
  /// @param low lower bound
  /// @param high upper bound
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor uniform_(Tensor tensor, double low, double high) {
    return uniform_(tensor, low, high, Generator.shared());
  }

  /// Draws from `U(low, high)`.
  ///
  /// @param tensor F32 or F64
  /// @param low lower bound
  /// @param high upper bound
  /// @param generator where to draw from
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor uniform_(Tensor tensor, double low, double high, Generator generator) {
    return draw(tensor, t -> t.uniform_(generator, low, high));
  }

  /// Draws from `N(0, 1)`.
  ///
  /// @param tensor F32 or F64
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor normal_(Tensor tensor) {
    return normal_(tensor, 0, 1);
  }

  /// Draws from `N(mean, std²)`.
  ///
  /// @param tensor F32 or F64
  /// @param mean of the distribution
  /// @param std standard deviation
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor normal_(Tensor tensor, double mean, double std) {
    return normal_(tensor, mean, std, Generator.shared());
  }

  /// Draws from `N(mean, std²)`.
  ///
  /// @param tensor F32 or F64
  /// @param mean of the distribution
  /// @param std standard deviation
  /// @param generator where to draw from
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor normal_(Tensor tensor, double mean, double std, Generator generator) {
    return draw(tensor, t -> t.normal_(generator, mean, std));
  }

  /// Writes one value everywhere.
  ///
  /// @param tensor any dtype
  /// @param value of every element
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor constant_(Tensor tensor, double value) {
    return fill(tensor, t -> t.fill_(value));
  }

  /// Writes 0 everywhere.
  ///
  /// @param tensor any dtype
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor zeros_(Tensor tensor) {
    return constant_(tensor, 0);
  }

  /// Writes 1 everywhere.
  ///
  /// @param tensor any dtype
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor ones_(Tensor tensor) {
    return constant_(tensor, 1);
  }

  /// Glorot's uniform initialization with gain 1.
  ///
  /// @param tensor a weight `[out, in, *]`
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor xavierUniform_(Tensor tensor) {
    return xavierUniform_(tensor, 1, Generator.shared());
  }

  /// Draws from `U(-a, a)` with `a = gain √(6 / (fan_in + fan_out))` (Glorot and Bengio, 2010).
  ///
  /// @param tensor a weight `[out, in, *]`
  /// @param gain see [#calculateGain(Nonlinearity)]
  /// @param generator where to draw from
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor xavierUniform_(Tensor tensor, double gain, Generator generator) {
    double bound = Math.sqrt(3) * xavierStd("xavierUniform_", tensor, gain);
    return uniform_(tensor, -bound, bound, generator);
  }

  /// Glorot's normal initialization with gain 1.
  ///
  /// @param tensor a weight `[out, in, *]`
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor xavierNormal_(Tensor tensor) {
    return xavierNormal_(tensor, 1, Generator.shared());
  }

  /// Draws from `N(0, std²)` with `std = gain √(2 / (fan_in + fan_out))` (Glorot and Bengio, 2010).
  ///
  /// @param tensor a weight `[out, in, *]`
  /// @param gain see [#calculateGain(Nonlinearity)]
  /// @param generator where to draw from
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor xavierNormal_(Tensor tensor, double gain, Generator generator) {
    return normal_(tensor, 0, xavierStd("xavierNormal_", tensor, gain), generator);
  }

  /// Kaiming's uniform initialization with PyTorch's defaults: [FanMode#FAN_IN] and a leaky ReLU of
  /// slope 0.
  ///
  /// @param tensor a weight `[out, in, *]`
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor kaimingUniform_(Tensor tensor) {
    return kaimingUniform_(tensor, 0, FanMode.FAN_IN, Nonlinearity.LEAKY_RELU, Generator.shared());
  }

  /// Draws from `U(-b, b)` with `b = gain √(3 / fan)` (He et al., arXiv:1502.01852).
  ///
  /// @param tensor a weight `[out, in, *]`
  /// @param slope negative slope of a leaky ReLU; else unused
  /// @param mode which fan
  /// @param nonlinearity decides the gain
  /// @param generator where to draw from
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor kaimingUniform_(
      Tensor tensor, double slope, FanMode mode, Nonlinearity nonlinearity, Generator generator) {
    double gain = calculateGain(nonlinearity, slope);
    double bound = Math.sqrt(3) * gain / Math.sqrt(fan("kaimingUniform_", tensor, mode));
    return tensor.numel() == 0 ? tensor : uniform_(tensor, -bound, bound, generator);
  }

  /// Kaiming's normal initialization with PyTorch's defaults: [FanMode#FAN_IN] and a leaky ReLU of
  /// slope 0.
  ///
  /// @param tensor a weight `[out, in, *]`
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor kaimingNormal_(Tensor tensor) {
    return kaimingNormal_(tensor, 0, FanMode.FAN_IN, Nonlinearity.LEAKY_RELU, Generator.shared());
  }

  /// Draws from `N(0, std²)` with `std = gain / √fan` (He et al., arXiv:1502.01852).
  ///
  /// @param tensor a weight `[out, in, *]`
  /// @param slope negative slope of a leaky ReLU; else unused
  /// @param mode which fan
  /// @param nonlinearity decides the gain
  /// @param generator where to draw from
  /// @return `tensor`
  @CanIgnoreReturnValue
  public static Tensor kaimingNormal_(
      Tensor tensor, double slope, FanMode mode, Nonlinearity nonlinearity, Generator generator) {
    double std =
        calculateGain(nonlinearity, slope) / Math.sqrt(fan("kaimingNormal_", tensor, mode));
    return tensor.numel() == 0 ? tensor : normal_(tensor, 0, std, generator);
  }

  /// The recommended gain; slope 0.01 for a leaky ReLU.
  ///
  /// @param nonlinearity the function behind a layer
  /// @return the factor of the standard deviation
  public static double calculateGain(Nonlinearity nonlinearity) {
    return calculateGain(nonlinearity, 0.01);
  }

  /// The recommended gain.
  ///
  /// @param nonlinearity the function behind a layer
  /// @param slope negative slope of a leaky ReLU; else unused
  /// @return the factor of the standard deviation
  public static double calculateGain(Nonlinearity nonlinearity, double slope) {
    return switch (nonlinearity) {
      case LINEAR,
          CONV1D,
          CONV2D,
          CONV3D,
          CONV_TRANSPOSE1D,
          CONV_TRANSPOSE2D,
          CONV_TRANSPOSE3D,
          SIGMOID ->
          1;
      case TANH -> 5.0 / 3;
      case RELU -> Math.sqrt(2);
      case LEAKY_RELU -> Math.sqrt(2 / (1 + slope * slope));
      case SELU -> 0.75;
    };
  }

  private static double xavierStd(String name, Tensor tensor, double gain) {
    double fans = fan(name, tensor, FanMode.FAN_IN) + fan(name, tensor, FanMode.FAN_OUT);
    return fans == 0 ? 0 : gain * Math.sqrt(2 / fans);
  }

  private static double fan(String name, Tensor tensor, FanMode mode) {
    if (tensor.dim() < 2) {
      throw new ShapeException(
          name + ": fans need 2 dimensions or more: " + Numbers.text(tensor.shape()));
    }
    double field = 1;
    for (int dim = 2; dim < tensor.dim(); dim++) {
      field *= tensor.size(dim);
    }
    return field * tensor.size(mode == FanMode.FAN_IN ? 1 : 0);
  }
}
