package dev.gatun.tensor;

import static dev.gatun.tensor.Indexing.read;
import static dev.gatun.tensor.Indexing.write;

import dev.gatun.kernel.MaskKernels;
import dev.gatun.memory.DType;
import java.util.Arrays;

/// Operations on the elements where a mask is true.
final class Masking {
  private Masking() {}

  /// The elements of `x` where the mask is true, in order; both of one shape.
  record MaskedSelect() implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor mask) {
      Tensor places = Raw.contiguous(mask);
      long count = MaskKernels.count(read(places), places.numel);
      Tensor y = Raw.empty("maskedSelect", x.dtype, count);
      MaskKernels.select(x.dtype, read(places), read(x), x.numel, write(y), count);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new Spread().apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      throw Indexing.noGradient("maskedSelect");
    }
  }

  /// The elements of `x`, in order, where the mask is true, among zeros: undoes [MaskedSelect].
  record Spread() implements Op.Binary {
    @Override
    public Tensor forward(Tensor x, Tensor mask) {
      Tensor y = Tensor.zeros(x.dtype, mask.shape);
      spread(mask, x, y);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public Tensor backwardA(Node node, Tensor g) {
      return new MaskedSelect().apply(g, node.input(1));
    }

    @Override
    public Tensor backwardB(Node node, Tensor g) {
      throw Indexing.noGradient("maskedSelect");
    }
  }

  /// `x`, with the elements of the source, in order, where the mask is true. Inputs are `x`, the
  /// mask in its shape, and the source.
  record MaskedScatter() implements Op.Variadic {
    @Override
    public Tensor forward(Tensor... inputs) {
      Tensor y = Raw.copy(inputs[0]);
      spread(inputs[1], inputs[2], y);
      return y;
    }

    @Override
    public Saves saves() {
      return Saves.INPUTS;
    }

    @Override
    public boolean reads(int saved, int i) {
      return saved == 1;
    }

    @Override
    public Tensor backward(int i, Node node, Tensor g) {
      Tensor mask = node.input(1);
      if (i == 0) {
        return Tensor.where(mask, Arithmetic.zeroLike(g), g);
      }
      long[] shape = node.shape(2);
      Tensor used = new MaskedSelect().apply(g, mask);
      return used.pad(0, Shapes.numel("maskedScatter", shape) - used.numel).view(shape);
    }
  }

  /// Writes the elements of `x`, in order, where the mask is true; `y` may have any strides.
  static void spread(Tensor mask, Tensor x, Tensor y) {
    Tensor places = Raw.contiguous(mask);
    long count = MaskKernels.count(read(places), places.numel);
    if (count > x.numel) {
      throw new ShapeException(
          "maskedScatter: source %s has fewer elements than the mask has places (%d vs %d)"
              .formatted(Shapes.format(x.shape), x.numel, count));
    }
    Tensor to = Raw.contiguous(y);
    MaskKernels.spread(y.dtype, read(places), read(x), y.numel, write(to), count);
    if (!y.contiguous) {
      Raw.copy(to, y);
    }
  }

  static Tensor mask(String op, Tensor mask) {
    if (mask.dtype != DType.BOOL) {
      throw Arithmetic.unsupported(op, mask, "a BOOL mask");
    }
    return mask;
  }

  /// The places, in row-major order, where elements are not 0.
  static Tensor places(Tensor x) {
    Tensor mask = Raw.contiguous(x.dtype == DType.BOOL ? x : x.detach().ne(0));
    long count = MaskKernels.count(read(mask), mask.numel);
    Tensor places = Raw.empty("nonzero", DType.I64, count);
    MaskKernels.places(read(mask), mask.numel, write(places), count);
    return places;
  }

  /// One row of indices for each place, `[n, rank]`.
  static Tensor nonzero(Tensor x) {
    Tensor places = places(x);
    int rank = x.shape.length;
    Tensor y = Raw.empty("nonzero", DType.I64, places.numel, rank);
    if (rank == 1) {
      return places.view(places.numel, 1);
    }
    MaskKernels.unravel(read(places), places.numel, x.shape, write(y));
    return y;
  }

  /// The index of every slice of `x` along `dim`, as often as `times` says.
  static Tensor repeated(Tensor times, Tensor x, int dim) {
    Tensor counts = Indexing.index("repeatInterleave", times);
    long size = x.shape[dim];
    if (counts.shape.length > 1 || (counts.numel != size && counts.numel != 1)) {
      throw new ShapeException(
          "repeatInterleave: needs one count for each slice, got %s for shape %s (dim %d: %d)"
              .formatted(Shapes.format(times.shape), Shapes.format(x.shape), dim, size));
    }
    long[] each = counts.expand(size).toLongArray();
    long total = 0;
    for (long n : each) {
      if (n < 0) {
        throw new IllegalArgumentException("repeatInterleave: negative count: " + n);
      }
      total += n;
    }
    long[] index = new long[Math.toIntExact(total)];
    int next = 0;
    for (int i = 0; i < each.length; i++) {
      Arrays.fill(index, next, next + (int) each[i], i);
      next += (int) each[i];
    }
    return Tensor.of(index, index.length);
  }
}
