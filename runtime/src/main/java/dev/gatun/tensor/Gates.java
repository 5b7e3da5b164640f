package dev.gatun.tensor;

import dev.gatun.kernel.ActivationRows;
import dev.gatun.memory.DType;
import java.util.Arrays;

/// Activations of two operands.
final class Gates {
  private Gates() {}

  /// `y = a σ(b)` with `a` and `b` the halves of `x` along a dimension
  record Glu(int dim) implements Op.Unary {
    @Override
    public Tensor forward(Tensor x) {
      DType dtype = Arithmetic.floating("glu", x, x);
      Tensor a = half(x.detach(), 0);
      return Raw.binary("glu", rows(dtype).gate(), dtype, a, half(x.detach(), 1));
    }

    private static ActivationRows rows(DType dtype) {
      return ActivationRows.of("glu", dtype);
    }

    private Tensor half(Tensor x, int which) {
      long size = x.shape[dim] / 2;
      return x.narrow(dim, which * size, size);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    /// `g σ(b)` and `g a σ(b) (1 - σ(b))`, written side by side.
    @Override
    public Tensor backward(Node node, Tensor g) {
      Tensor a = half(node.input(0), 0);
      Tensor b = half(node.input(0), 1);
      if (Tape.isRecording()) {
        Tensor s = b.sigmoid();
        Tensor own = g.mul(s);
        return Tensor.cat(dim, own, own.mul(a).mul(s.neg().add(1)));
      }
      Tensor y = Raw.empty("glu", g.dtype, node.shape(0));
      Raw.binary(rows(g.dtype).gate(), g, b, half(y, 0));
      Raw.ternary(rows(g.dtype).gateGradient(), g, a, b, half(y, 1));
      return y;
    }
  }

  /// `y = x` above 0, else `w x`; `w` broadcasts to `x`
  record Prelu(String opName) implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor w) {
      DType dtype = Arithmetic.floating(opName, x, w);
      return Raw.binary(opName, ActivationRows.of(opName, dtype).prelu(), dtype, x, w);
    }

    Tensor inPlace(Tensor x, Tensor w) {
      DType dtype = Arithmetic.floating(opName, x, w);
      return InPlace.binary(opName, this, ActivationRows.of(opName, dtype).prelu(), x, w);
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      Tensor x = node.input(0);
      Tensor w = node.input(1);
      if (Tape.isRecording()) {
        return Tensor.where(x.gt(0), g, g.mul(w));
      }
      Tensor y = Raw.emptyLike(g);
      Raw.ternary(ActivationRows.of(opName, g.dtype).preluGradient(), g, x, w, y);
      return y;
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      return Reductions.sumTo(node.input(0).clampMax(0).mul(g), node.shape(1));
    }
  }

  static Tensor glu(Tensor x, int dim) {
    if (x.shape.length == 0) {
      throw new ShapeException("glu: input must have a dimension: []");
    }
    int at = Shapes.dim("glu", dim, x.shape);
    if (x.shape[at] % 2 != 0) {
      throw new ShapeException(
          "glu: the size of dim %d must be even: %s (%d)"
              .formatted(dim, Shapes.format(x.shape), x.shape[at]));
    }
    return new Glu(at).apply(x);
  }

  static Tensor prelu(Tensor x, Tensor weight) {
    DType _ = Arithmetic.floating("prelu", x, weight);
    long channels = x.shape.length < 2 ? 1 : x.shape[1];
    if (weight.shape.length > 1 || (weight.numel != 1 && weight.numel != channels)) {
      throw new ShapeException(
          "prelu: weight must have one value, or one for each channel: %s for %s (%d channels)"
              .formatted(Shapes.format(weight.shape), Shapes.format(x.shape), channels));
    }
    long[] shape = new long[Math.max(1, x.shape.length)];
    Arrays.fill(shape, 1);
    shape[x.shape.length < 2 ? 0 : 1] = weight.numel;
    return new Prelu("prelu").apply(x, x.shape.length == 0 ? weight.view() : weight.view(shape));
  }

  /// The slopes that rrelu draws.
  static Tensor slopes(String op, Tensor x, double lower, double upper, Generator generator) {
    Arithmetic.floating(op, x, x);
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "%s: lower must not be greater than upper: %s and %s".formatted(op, lower, upper));
    }
    // Drawn in F32 whatever the dtype, so that a seed draws the same slopes in both.
    Tensor drawn = Tensor.rand(generator, DType.F32, x.shape).to(x.dtype);
    return drawn.mul_(upper - lower).add_(lower);
  }
}
