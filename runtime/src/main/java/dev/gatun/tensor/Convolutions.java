package dev.gatun.tensor;

import dev.gatun.kernel.ConvGeometry;
import dev.gatun.kernel.ConvKernels;
import dev.gatun.kernel.ElementRun;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The three faces of convolution. With `⟨y, x * w⟩` linear in each of its three operands, the
/// gradients of each face are the other two, so there are gradients of any order.
///
/// Kernels want contiguous operands; others are copied.
final class Convolutions {
  private Convolutions() {}

  /// `y = x * w + b`; the inputs are `x`, `w` and, if there is one, `b`.
  record Conv(ConvSpec spec, Size out) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor x = inputs[0];
      Tensor w = inputs[1];
      Tensor y = Raw.empty(opName(), x.dtype, Shapes.with(out.values(), 0, x.shape[0]));
      count(y.shape, w.numel);
      ConvKernels.forward(
          x.dtype,
          spec.geometry(opName(), x.shape, w.shape, y.shape),
          run(x),
          run(w),
          inputs.length > 2 ? run(inputs[2]) : null,
          Fused.writable(y));
      return y;
    }

    @Override
    public String opName() {
      return name("conv", spec);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return i < 2 && saved == 1 - i;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      return switch (i) {
        case 0 -> new ConvInput(spec, Size.of(node.shape(0))).apply(g, node.input(1));
        case 1 -> new ConvWeight(spec, Size.of(node.shape(1))).apply(node.input(0), g);
        default -> sumChannels(g);
      };
    }

    /// The first gradient of the weight, which has no result in between.
    @Override
    public boolean backwardInto(int i, Node node, Tensor g, Tensor sum, boolean add) {
      if (i != 1 || add || sum.storage == g.storage || sum.storage == node.input(0).storage) {
        return false;
      }
      new ConvWeight(spec, Size.of(node.shape(1))).into(node.input(0), g, sum);
      return true;
    }
  }

  /// What [Conv] is the transpose of: `⟨dx, x⟩ = ⟨g, x * w⟩` for every `x`, plus a bias. Inputs are
  /// `g`, `w` and, if there is one, `b`.
  record ConvInput(ConvSpec spec, Size shape) implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor g = inputs[0];
      Tensor w = inputs[1];
      Tensor x = Raw.empty(opName(), g.dtype, Shapes.with(shape.values(), 0, g.shape[0]));
      ElementRun bias = inputs.length > 2 ? run(inputs[2]) : null;
      count(g.shape, w.numel);
      if (Arrays.stream(spec.stride().values()).allMatch(step -> step == 1)) {
        Tensor turned = turned(w);
        ConvGeometry s = turned(w.shape).geometry(opName(), g.shape, turnedShape(w.shape), x.shape);
        ConvKernels.forward(g.dtype, s, run(g), run(turned), bias, Fused.writable(x));
        turned.storage.free();
        return x;
      }
      ConvKernels.inputGradient(
          g.dtype,
          spec.geometry(opName(), x.shape, w.shape, g.shape),
          run(g),
          run(w),
          bias,
          Fused.writable(x));
      return x;
    }

    /// The weight of the convolution that this is at stride 1: in each group inputs and outputs
    /// change places, and all taps come in the opposite order.
    private Tensor turned(Tensor w) {
      long groups = spec.groups();
      long taps = 1;
      for (int i = 2; i < w.shape.length; i++) {
        taps *= w.shape[i];
      }
      long[] split = {groups, w.shape[0] / groups, w.shape[1], taps};
      Tensor c = Raw.contiguous(w);
      Tensor grouped = Raw.view(c, split, Shapes.contiguousStrides(split), c.offset);
      return Raw.copy(Movement.backwards(Movement.swap(grouped, 1, 2), 3));
    }

    private long[] turnedShape(long[] w) {
      long[] to = w.clone();
      to[0] = w[1] * spec.groups();
      to[1] = w[0] / spec.groups();
      return to;
    }

    private ConvSpec turned(long[] w) {
      long[] pad = new long[spec.dims()];
      for (int i = 0; i < pad.length; i++) {
        pad[i] = spec.dilation().values()[i] * (w[2 + i] - 1) - spec.pad().values()[i];
      }
      return new ConvSpec(spec.stride(), Size.of(pad), spec.dilation(), spec.groups());
    }

    @Override
    public String opName() {
      return name("convTranspose", spec);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return i < 2 && saved == 1 - i;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      return switch (i) {
        case 0 -> new Conv(spec, Size.of(node.shape(0))).apply(g, node.input(1));
        case 1 -> new ConvWeight(spec, Size.of(node.shape(1))).apply(g, node.input(0));
        default -> sumChannels(g);
      };
    }
  }

  /// `⟨dw, w⟩ = ⟨g, x * w⟩` for every `w`
  record ConvWeight(ConvSpec spec, Size shape) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor g) {
      Tensor w = Raw.empty(opName(), x.dtype, shape.values());
      into(x, g, w);
      return w;
    }

    void into(Tensor x, Tensor g, Tensor w) {
      count(g.shape, w.numel);
      ConvKernels.weightGradient(
          x.dtype,
          spec.geometry(opName(), x.shape, w.shape, g.shape),
          run(x),
          run(g),
          Fused.writable(w));
    }

    @Override
    public String opName() {
      return name("conv", spec);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 1 - i;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new ConvInput(spec, Size.of(node.shape(0))).apply(node.input(1), g);
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return new Conv(spec, Size.of(node.shape(1))).apply(node.input(0), g);
    }
  }

  /// The columns that a kernel reads: `[N, C, *]` to `[N, C * taps, L]`.
  record Im2col(ConvSpec spec, Size kernel, Size out) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      long taps = Shapes.numel(opName(), kernel.values());
      long pixels = Shapes.numel(opName(), out.values());
      Tensor y = Raw.empty(opName(), x.dtype, x.shape[0], x.shape[1] * taps, pixels);
      ConvGeometry s = columns(opName(), spec, x.shape, kernel, out);
      ConvKernels.patches(x.dtype, s, run(x), Fused.writable(y));
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new Col2im(spec, kernel, out, Size.of(node.shape(0))).apply(g);
    }
  }

  /// The sum of the columns that each element was read to: undoes the shape of [Im2col].
  record Col2im(ConvSpec spec, Size kernel, Size out, Size shape) implements Op.Unary {
    @Override
    public Tensor forward(Tensor g) {
      Tensor x = Raw.empty(opName(), g.dtype, shape.values());
      ConvGeometry s = columns(opName(), spec, x.shape, kernel, out);
      ConvKernels.addPatches(g.dtype, s, run(g), Fused.writable(x));
      return x;
    }

    @Override
    public Saves saves() {
      return Saves.NOTHING;
    }

    @Override
    public Tensor backward(Node node, Tensor g) {
      return new Im2col(spec, kernel, out).apply(g);
    }
  }

  private static ConvGeometry columns(String op, ConvSpec spec, long[] x, Size kernel, Size out) {
    long[] w = with(1, x[1], kernel.values());
    return spec.geometry(op, x, w, with(x[0], 1, out.values()));
  }

  /// A shape of two sizes and then those of `spatial`.
  static long[] with(long first, long second, long[] spatial) {
    long[] shape = new long[2 + spatial.length];
    shape[0] = first;
    shape[1] = second;
    System.arraycopy(spatial, 0, shape, 2, spatial.length);
    return shape;
  }

  /// Counts the work of each of the three faces.
  ///
  /// @param y shape of the convolution's result
  private static void count(long[] y, long weights) {
    long pixels = 1;
    for (int i = 2; i < y.length; i++) {
      pixels *= y[i];
    }
    MultiplyAdds.add(y[0], pixels, 1, weights);
  }

  private static ElementRun run(Tensor x) {
    return Fused.readable(Raw.contiguous(x));
  }

  private static String name(String prefix, ConvSpec spec) {
    return prefix + spec.dims() + "d";
  }

  /// The gradient of a bias.
  private static Tensor sumChannels(Tensor g) {
    int[] dims = new int[g.shape.length - 1];
    for (int i = 1; i < dims.length; i++) {
      dims[i] = i + 1;
    }
    return g.sum(dims, false);
  }

  /// Checked operands of a convolution, and its result.
  static Tensor conv(
      String op, int dims, Tensor x, Tensor w, @Nullable Tensor b, ConvOptions options) {
    boolean single = ConvChecks.operands(op, dims, x, w, b);
    Tensor batch = single ? x.unsqueeze(0) : x;
    long[] kernel = Arrays.copyOfRange(w.shape, 2, w.shape.length);
    ConvSpec spec = ConvSpec.of(op, options, kernel);
    ConvChecks.channels(op, batch, w, b, spec.groups());
    long[] out = spec.out(op, batch.shape, kernel, options.isSame());
    Conv conv = new Conv(spec, Size.of(with(0, w.shape[0], out)));
    Tensor y = b == null ? conv.apply(batch, w) : conv.apply(batch, w, b);
    return single ? y.squeeze(0) : y;
  }

  /// Checked operands of a transposed convolution, and its result.
  static Tensor transposed(
      String op, int dims, Tensor x, Tensor w, @Nullable Tensor b, ConvOptions options) {
    boolean single = ConvChecks.operands(op, dims, x, w, b);
    Tensor batch = single ? x.unsqueeze(0) : x;
    if (options.isSame()) {
      throw new IllegalArgumentException(op + ": padding=same is not for transposed convolutions");
    }
    long[] kernel = Arrays.copyOfRange(w.shape, 2, w.shape.length);
    ConvSpec spec = ConvSpec.of(op, options, kernel);
    ConvChecks.transposedChannels(op, batch, w, b, spec.groups());
    long[] out = spec.transposedOut(op, batch.shape, kernel, options);
    ConvInput conv = new ConvInput(spec, Size.of(with(0, w.shape[1] * spec.groups(), out)));
    Tensor y = b == null ? conv.apply(batch, w) : conv.apply(batch, w, b);
    return single ? y.squeeze(0) : y;
  }
}
