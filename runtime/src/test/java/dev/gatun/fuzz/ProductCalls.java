package dev.gatun.fuzz;

import dev.gatun.fuzz.Call.Bound;
import dev.gatun.fuzz.Call.Effect;
import dev.gatun.fuzz.Call.Maker;
import dev.gatun.fuzz.Root.Var;
import dev.gatun.memory.DType;
import dev.gatun.tensor.Activation;
import dev.gatun.tensor.ConvOptions;
import dev.gatun.tensor.Tensor;
import java.util.List;

/// Products of matrices and vectors, batches of them, layers.
final class ProductCalls {
  static final List<Maker> MAKERS =
      List.of(
          ProductCalls::matmul,
          ProductCalls::matmul,
          ProductCalls::ofVariable,
          ProductCalls::batch,
          ProductCalls::vector,
          ProductCalls::linear,
          ProductCalls::linear,
          ProductCalls::addmm,
          ProductCalls::outer,
          ProductCalls::convolution);

  private static final int[] SIZES = {1, 2, 3, 4, 7, 8, 11, 16, 17, 20, 31, 32, 33, 48, 64, 65, 97};

  private static final List<DType> DTYPES =
      List.of(DType.F32, DType.F32, DType.F64, DType.BF16, DType.F16);

  private ProductCalls() {}

  private static long size(Draw d) {
    if (d.oneIn(60)) {
      return 0;
    }
    return d.oneIn(40) ? 100 + d.below(300) : SIZES[d.below(SIZES.length)];
  }

  private static Call matmul(Draw d) {
    DType dtype = d.pick(DTYPES);
    long k = size(d);
    Var a = d.fractions(dtype, size(d), k);
    Var b = d.fractions(dtype, k, size(d));
    return product("matmul", a, b, k);
  }

  private static Call product(String text, Var a, Var b, long k) {
    return new Call(
        text, List.of(a, b), in -> Call.one(in[0].matmul(in[1])), Bound.sum(k), Effect.NEW);
  }

  private static Call ofVariable(Draw d) {
    Var a =
        d.some(v ->
            v.tensor().dtype().isFloating()
                && v.dim() > 0
                && v.tensor().numel() < 9000
                && v.largest() < 1000);
    long k = a.tensor().size(-1);
    return product("matmul", a, d.fractions(a.tensor().dtype(), k, size(d) % 50), k);
  }

  private static Call batch(Draw d) {
    DType dtype = d.pick(DTYPES);
    long k = size(d) % 100;
    long m = 1L + d.below(20);
    long n = 1L + d.below(20);
    int batch = 1 + d.below(9);
    Var a = d.oneIn(2) ? d.fractions(dtype, batch, m, k) : d.fractions(dtype, 2, 1, m, k);
    Var b = d.oneIn(3) ? d.fractions(dtype, 1, k, n) : d.fractions(dtype, batch, k, n);
    return product("matmul", a, b, k);
  }

  private static Call vector(Draw d) {
    DType dtype = d.pick(DTYPES);
    long k = size(d);
    Var v = d.fractions(dtype, k);
    return switch (d.below(3)) {
      case 0 -> product("matmul", d.fractions(dtype, size(d), k), v, k);
      case 1 -> product("matmul", v, d.fractions(dtype, k, size(d)), k);
      default -> product("matmul", v, d.fractions(dtype, k), k);
    };
  }

  private static Call linear(Draw d) {
    DType dtype = d.pick(DTYPES);
    long k = size(d);
    long n = size(d);
    Var x = d.oneIn(3) ? d.fractions(dtype, 2, 1 + d.below(5), k) : d.fractions(dtype, size(d), k);
    Var weight = d.fractions(dtype, n, k);
    Var bias = d.fractions(dtype, n);
    Activation activation = d.oneIn(2) ? Activation.NONE : Activation.RELU;
    boolean biased = !d.oneIn(3);
    return new Call(
        "linear " + biased + " " + activation,
        List.of(x, weight, bias),
        in -> Call.one(in[0].linear(in[1], biased ? in[2] : null, activation)),
        Bound.sum(k + 1),
        Effect.NEW);
  }

  private static Call addmm(Draw d) {
    DType dtype = d.oneIn(3) ? DType.F64 : DType.F32;
    long m = size(d);
    long k = size(d);
    long n = size(d);
    Var c = d.fractions(dtype, ElementwiseCalls.smaller(d, new long[] {m, n}));
    Var a = d.fractions(dtype, m, k);
    Var b = d.fractions(dtype, k, n);
    return new Call(
        "addmm 0.5 2",
        List.of(c, a, b),
        in -> Call.one(in[0].addmm(in[1], in[2], 0.5, 2)),
        Bound.sum(k + 4),
        Effect.NEW);
  }

  private static Call outer(Draw d) {
    DType dtype = d.oneIn(3) ? DType.F64 : DType.F32;
    Var a = d.fractions(dtype, size(d));
    Var b = d.fractions(dtype, size(d));
    return new Call(
        "outer", List.of(a, b), in -> Call.one(in[0].outer(in[1])), Bound.sum(1), Effect.NEW);
  }

  private static Call convolution(Draw d) {
    DType dtype = d.oneIn(3) ? DType.F64 : DType.F32;
    int channels = 1 + d.below(9);
    int kernel = 1 + d.below(3);
    Var x = d.fractions(dtype, 1 + d.below(3), channels, 3 + d.below(12), 3 + d.below(18));
    Var weight = d.fractions(dtype, 1 + d.below(18), channels, kernel, 1 + d.below(3));
    int stride = 1 + d.below(2);
    int padding = d.below(3);
    ConvOptions options = ConvOptions.DEFAULT.stride(stride).padding(padding);
    return new Call(
        "conv2d stride %d padding %d".formatted(stride, padding),
        List.of(x, weight),
        (Tensor[] in) -> Call.one(in[0].conv2d(in[1], null, options)),
        Bound.sum(9L * channels),
        Effect.NEW);
  }
}
