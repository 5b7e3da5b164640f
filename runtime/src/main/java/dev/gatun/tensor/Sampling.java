package dev.gatun.tensor;

import dev.gatun.kernel.ArithmeticKernels;
import dev.gatun.kernel.ComparisonKernels;
import dev.gatun.kernel.MultinomialKernels;
import dev.gatun.kernel.RandomKernels;
import dev.gatun.memory.DType;

/// Random draws whose parameters are tensors. Gradients stop here.
final class Sampling {
  private Sampling() {}

  /// 0 or 1 by the probabilities of `p`, in its dtype.
  static Tensor bernoulli(Generator generator, Tensor p) {
    Arithmetic.floating("bernoulli", p, p);
    Tensor exact = probabilities("bernoulli", p);
    Tensor y = Raw.emptyLike(p);
    Raw.copy(below(generator, exact, p.shape), y);
    return y;
  }

  static Tensor bernoulli_(Generator generator, Tensor x, Tensor p) {
    InPlace.requireFits("bernoulli_", x, p);
    Arithmetic.floating("bernoulli_", p, p);
    Tensor exact = probabilities("bernoulli_", p);
    return InPlace.overwrite("bernoulli_", () -> Raw.copy(below(generator, exact, x.shape), x), x);
  }

  static Tensor bernoulli_(Generator generator, Tensor x, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("bernoulli_: probability must be from 0 to 1: " + p);
    }
    Tensor exact = Tensor.scalar(DType.F64, p);
    return InPlace.overwrite("bernoulli_", () -> Raw.copy(below(generator, exact, x.shape), x), x);
  }

  /// Where uniform numbers are below `p`.
  private static Tensor below(Generator generator, Tensor p, long[] shape) {
    Tensor uniform = Tensor.rand(generator, DType.F64, shape);
    return Raw.binary("bernoulli", ComparisonKernels.lt(DType.F64), DType.BOOL, uniform, p);
  }

  private static Tensor probabilities(String op, Tensor p) {
    Tensor exact = exact(p);
    long bad = MultinomialKernels.firstOutside(exact.memory(), exact.offset, exact.numel, 0, 1);
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "%s: probabilities must be from 0 to 1: %s (element %d is %s)"
              .formatted(op, Shapes.format(p.shape), bad, value(exact, bad)));
    }
    return exact;
  }

  /// The same numbers in F64, row-major.
  private static Tensor exact(Tensor x) {
    Tensor y = Raw.empty("to", DType.F64, x.shape);
    Raw.copy(x, y);
    return y;
  }

  private static double value(Tensor exact, long i) {
    return exact.toDoubleArray()[(int) i];
  }

  static Tensor exponential_(Generator generator, Tensor x, double rate) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("exponential_: rate must be positive: " + rate);
    }
    return generator.fill(
        "exponential_",
        x,
        (y, to, seed, counter) ->
            RandomKernels.exponential(y.dtype, to, y.offset, y.numel, rate, seed, counter));
  }

  static Tensor normal(Generator generator, Tensor mean, Tensor std) {
    DType dtype = Arithmetic.floating("normal", mean, std);
    long[] shape = Shapes.broadcast("normal", mean.shape, std.shape);
    Tensor exact = exact(std);
    double most = Double.POSITIVE_INFINITY;
    long bad = MultinomialKernels.firstOutside(exact.memory(), exact.offset, exact.numel, 0, most);
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "normal: std must not be negative: %s (element %d is %s)"
              .formatted(Shapes.format(std.shape), bad, value(exact, bad)));
    }
    Tensor y = Tensor.randn(generator, dtype, shape);
    Raw.binary(ArithmeticKernels.mul(dtype), y, std, y);
    Raw.binary(ArithmeticKernels.add(dtype), y, mean, y);
    return y;
  }

  static Tensor multinomial(Generator generator, Tensor x, long samples, boolean replacement) {
    Arithmetic.floating("multinomial", x, x);
    requireRows(x, samples, replacement);
    int n = Math.toIntExact(x.shape[x.shape.length - 1]);
    int k = Math.toIntExact(samples);
    long rows = x.shape.length == 1 ? 1 : x.shape[0];
    Tensor w = exact(x);
    requireWeights(x, w, rows, n);
    Tensor u = Tensor.rand(generator, DType.F64, rows, replacement ? k : n);
    long[] shape = x.shape.length == 1 ? new long[] {k} : new long[] {rows, k};
    Tensor y = Raw.empty("multinomial", DType.I64, shape);
    if (replacement) {
      MultinomialKernels.withReplacement(
          rows, n, k, w.memory(), w.offset, u.memory(), u.offset, y.writable(), y.offset);
    } else {
      MultinomialKernels.withoutReplacement(
          rows, n, k, w.memory(), w.offset, u.memory(), u.offset, y.writable(), y.offset);
    }
    return y;
  }

  private static void requireRows(Tensor x, long samples, boolean replacement) {
    String shape = Shapes.format(x.shape);
    if (x.shape.length != 1 && x.shape.length != 2) {
      throw new ShapeException("multinomial: needs 1 or 2 dimensions, got " + shape);
    }
    if (samples <= 0) {
      throw new IllegalArgumentException(
          "multinomial: number of samples must be positive: " + samples);
    }
    long n = x.shape[x.shape.length - 1];
    if (!replacement && samples > n) {
      throw new IllegalArgumentException(
          "multinomial: cannot draw %d of %d without replacement: %s".formatted(samples, n, shape));
    }
    if (Math.max(n, samples) > Integer.MAX_VALUE - 8) {
      throw new ShapeException(
          "multinomial: more than 2^31 categories or samples: %s (%d samples)"
              .formatted(shape, samples));
    }
  }

  private static void requireWeights(Tensor x, Tensor w, long rows, int n) {
    long bad = MultinomialKernels.firstOutside(w.memory(), w.offset, w.numel, 0, Double.MAX_VALUE);
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "multinomial: weights must be finite and not negative: %s (element %d is %s)"
              .formatted(Shapes.format(x.shape), bad, value(w, bad)));
    }
    for (long row = 0; row < rows; row++) {
      long first = w.offset + row * n;
      if (MultinomialKernels.firstOutside(w.memory(), first, n, 0, 0) < 0) {
        throw new IllegalArgumentException(
            "multinomial: all weights of row %d are 0: %s".formatted(row, Shapes.format(x.shape)));
      }
    }
  }
}
