package dev.gatun.nn;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.ConvOptions;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the layers of convolutions and transposed convolutions share: a weight, a bias, and the way
/// they walk over the input.
///
/// Both are drawn from `U(-1/√fan, 1/√fan)`, where `fan` is the size of the weight's second
/// dimension times that of the kernel, as PyTorch does.
public abstract sealed class Convolution extends Module permits Correlation, Transposed {
  final ConvolutionSettings settings;
  final int dims;
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final Generator generator;
  private final boolean lazy;

  Convolution(Options options, int dims, boolean transposed) {
    this.dims = dims;
    settings = ConvolutionSettings.of(getClass().getSimpleName(), options, dims, transposed);
    generator = options.generator == null ? Generator.shared() : options.generator;
    lazy = options.in == 0;
    if (lazy) {
      weight = parameter("weight", Parameter.uninitialized(options.dtype));
      bias = options.bias ? parameter("bias", Parameter.uninitialized(options.dtype)) : null;
      return;
    }
    try (var _ = Scope.open(getClass().getSimpleName())) {
      weight = parameter("weight", Tensor.empty(options.dtype, settings.weightShape(options.in)));
      bias = options.bias ? parameter("bias", Tensor.empty(options.dtype, settings.out())) : null;
    }
    resetParameters(generator);
  }

  /// Draws the parameters anew.
  ///
  /// @param generator where they are drawn from
  public final void resetParameters(Generator generator) {
    resetWeight(generator);
    resetBias(generator);
  }

  private void resetWeight(Generator generator) {
    Init.uniform_(weight, -bound(), bound(), generator);
  }

  private void resetBias(Generator generator) {
    if (bias != null) {
      Init.uniform_(bias, -bound(), bound(), generator);
    }
  }

  private double bound() {
    double fan = (double) weight.numel() / Math.max(1, weight.size(0));
    return fan > 0 ? 1 / Math.sqrt(fan) : 0;
  }

  /// Lets the first input of a lazy layer give the channels.
  final void infer(Tensor x) {
    if (lazy && this instanceof LazyModule module) {
      module.inferParameters(x);
    }
  }

  /// What a lazy layer does with its first input.
  final void initialize(Tensor x) {
    if (x.dim() != dims + 1 && x.dim() != dims + 2) {
      throw new ShapeException(
          "%s: expected %dD or %dD input, got shape %s"
              .formatted(getClass().getSimpleName(), dims + 1, dims + 2, Numbers.text(x.shape())));
    }
    if (weight.isUninitialized()) {
      long in = x.size(-dims - 1);
      settings.requireGroups(getClass().getSimpleName(), in);
      weight.materialize(settings.weightShape(in));
      resetWeight(generator);
    }
    if (bias != null && bias.isUninitialized()) {
      bias.materialize(settings.out());
      resetBias(generator);
    }
  }

  /// A lazy layer that has its parameters is called what it is now.
  @Override
  final String typeName() {
    String name = getClass().getSimpleName();
    return this instanceof LazyModule && !weight.isUninitialized()
        ? name.substring("Lazy".length())
        : name;
  }

  /// {@return the weight: `[out, in/groups, kernel]`, or `[in, out/groups, kernel]` where the
  /// convolution is transposed}
  public final Parameter weight() {
    return weight;
  }

  /// {@return the bias, `[out]`; null for a layer without}
  public final @Nullable Parameter bias() {
    return bias;
  }

  /// {@return the channels of the input; 0 while a lazy layer does not know them}
  public final long inChannels() {
    return weight.isUninitialized() ? 0 : settings.channels(weight);
  }

  /// {@return the channels of the result}
  public final long outChannels() {
    return settings.out();
  }

  /// {@return the size of the kernel in each dimension}
  public final long[] kernelSize() {
    return settings.kernel().clone();
  }

  @Override
  protected final String extraRepr() {
    return settings.text(inChannels(), bias != null);
  }

  /// The function of a number of dimensions.
  final Tensor apply(Tensor x, ConvOptions options) {
    Tensor kernel = value("weight", weight);
    return settings.transposed()
        ? switch (dims) {
          case 1 -> x.convTranspose1d(kernel, bias, options);
          case 2 -> x.convTranspose2d(kernel, bias, options);
          default -> x.convTranspose3d(kernel, bias, options);
        }
        : switch (dims) {
          case 1 -> x.conv1d(kernel, bias, options);
          case 2 -> x.conv2d(kernel, bias, options);
          default -> x.conv3d(kernel, bias, options);
        };
  }

  @Override
  final boolean computes(String name) {
    return name.equals("weight");
  }

  /// How to make a convolution, with PyTorch's defaults: stride 1, no padding, dilation 1, one
  /// group, a bias, F32. Immutable; each method returns changed options. One value counts for all
  /// dimensions; else there is one for each.
  ///
  /// ```java
  /// new Conv2d(Conv2d.Options.of(3, 64, 7).stride(2).padding(3).bias(false));
  /// ```
  public static final class Options {
    final long in;
    final long out;
    final long[] kernel;
    long[] stride = {1};
    long[] padding = {0};
    @Nullable String paddingText;
    long[] dilation = {1};
    long[] outputPadding = {0};
    long groups = 1;
    boolean bias = true;
    PaddingMode mode = PaddingMode.ZEROS;
    DType dtype = DType.F32;
    @Nullable Generator generator;

    private Options(long in, long out, long[] kernel) {
      this.in = in;
      this.out = out;
      this.kernel = kernel;
    }

    /// The options that have no default.
    ///
    /// @param inChannels channels of the input
    /// @param outChannels channels of the result
    /// @param kernelSize one size, or one for each dimension
    /// @return new options
    public static Options of(long inChannels, long outChannels, long... kernelSize) {
      return new Options(inChannels, outChannels, kernelSize.clone());
    }

    /// Those of a lazy layer, which takes the channels of its input from the first one.
    ///
    /// @param outChannels channels of the result
    /// @param kernelSize one size, or one for each dimension
    /// @return new options
    public static Options lazy(long outChannels, long... kernelSize) {
      return new Options(0, outChannels, kernelSize.clone());
    }

    /// The distance of positions.
    ///
    /// @param values at least 1
    /// @return changed options
    public Options stride(long... values) {
      return with(to -> to.stride = values.clone());
    }

    /// Positions on both sides of the input; [PaddingMode] says what is there.
    ///
    /// @param values at least 0
    /// @return changed options
    public Options padding(long... values) {
      return with(to -> {
        to.padding = values.clone();
        to.paddingText = null;
      });
    }

    /// `same`, for a result as large as the input, or `valid`, for no padding.
    ///
    /// @param name of a padding
    /// @return changed options
    /// @throws IllegalArgumentException for another name
    public Options padding(String name) {
      if (!name.equals("same") && !name.equals("valid")) {
        throw new IllegalArgumentException(
            "Options: padding must be numbers, same or valid: " + name);
      }
      return padding(0).with(to -> to.paddingText = name);
    }

    /// What stands outside of the input; only zeros for transposed convolutions.
    ///
    /// @param value the mode
    /// @return changed options
    public Options paddingMode(PaddingMode value) {
      return with(to -> to.mode = value);
    }

    /// The distance of the kernel's taps.
    ///
    /// @param values at least 1
    /// @return changed options
    public Options dilation(long... values) {
      return with(to -> to.dilation = values.clone());
    }

    /// Positions added to one side of the result of a transposed convolution.
    ///
    /// @param values less than the stride or the dilation
    /// @return changed options
    public Options outputPadding(long... values) {
      return with(to -> to.outputPadding = values.clone());
    }

    /// The groups that channels are divided into.
    ///
    /// @param value divides both numbers of channels
    /// @return changed options
    public Options groups(long value) {
      return with(to -> to.groups = value);
    }

    /// Whether a bias is added.
    ///
    /// @param value false for none
    /// @return changed options
    public Options bias(boolean value) {
      return with(to -> to.bias = value);
    }

    /// The dtype of the parameters.
    ///
    /// @param value F32 or F64
    /// @return changed options
    public Options dtype(DType value) {
      return with(to -> to.dtype = value);
    }

    /// Where the parameters are drawn from; the process's generator by default.
    ///
    /// @param value a generator
    /// @return changed options
    public Options generator(Generator value) {
      return with(to -> to.generator = value);
    }

    /// Of a lazy layer, once the channels are known.
    Options in(long channels) {
      return changed(new Options(channels, out, kernel), _ -> {});
    }

    private Options with(Consumer<Options> change) {
      return changed(new Options(in, out, kernel), change);
    }

    private Options changed(Options to, Consumer<Options> change) {
      to.stride = stride;
      to.padding = padding;
      to.paddingText = paddingText;
      to.dilation = dilation;
      to.outputPadding = outputPadding;
      to.groups = groups;
      to.bias = bias;
      to.mode = mode;
      to.dtype = dtype;
      to.generator = generator;
      change.accept(to);
      return to;
    }
  }
}
