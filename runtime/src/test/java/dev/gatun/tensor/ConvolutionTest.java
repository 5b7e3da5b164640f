package dev.gatun.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.testing.NoOpenScopes;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolutions of sizes that take every way through the kernels, beside their definition, and what
/// they refuse.
@ExtendWith(NoOpenScopes.class)
final class ConvolutionTest {
  private static final ConvOptions PLAIN = ConvOptions.DEFAULT;

  /// Images, groups, channels and filters of a group, sizes, kernel, stride, padding, dilation.
  record Sizes(
      int n, int g, int c, int f, int h, int w, int kh, int kw, int stride, int pad, int dil) {
    ConvOptions options() {
      return PLAIN.stride(stride).padding(pad).dilation(dil).groups(g);
    }
  }

  static Stream<Arguments> sizes() {
    List<Sizes> all =
        List.of(
            new Sizes(2, 1, 3, 20, 32, 32, 3, 3, 1, 1, 1),
            new Sizes(3, 1, 16, 24, 28, 28, 3, 3, 1, 1, 1),
            new Sizes(2, 1, 7, 13, 17, 19, 3, 5, 1, 2, 1),
            new Sizes(1, 1, 40, 9, 30, 70, 3, 3, 1, 1, 1),
            new Sizes(2, 1, 6, 16, 14, 14, 5, 5, 1, 0, 1),
            new Sizes(2, 1, 5, 10, 33, 31, 3, 3, 2, 1, 1),
            new Sizes(2, 1, 5, 10, 23, 29, 3, 3, 3, 2, 2),
            new Sizes(2, 2, 4, 6, 15, 16, 3, 3, 1, 1, 1),
            new Sizes(2, 2, 4, 6, 15, 16, 3, 3, 1, 2, 2),
            new Sizes(9, 1, 20, 30, 5, 5, 3, 3, 1, 1, 1),
            new Sizes(9, 1, 20, 30, 3, 3, 3, 3, 1, 0, 1),
            new Sizes(9, 1, 20, 30, 7, 7, 3, 3, 2, 1, 1),
            new Sizes(2, 1, 200, 9, 9, 9, 3, 3, 1, 1, 1),
            new Sizes(2, 1, 200, 9, 9, 9, 3, 3, 2, 1, 1),
            new Sizes(2, 1, 12, 20, 13, 11, 1, 1, 1, 0, 1),
            new Sizes(2, 1, 12, 20, 13, 11, 1, 1, 2, 0, 1),
            new Sizes(2, 1, 1, 3, 3, 300, 1, 7, 1, 3, 1),
            new Sizes(1, 1, 40, 9, 2, 3000, 1, 3, 1, 1, 1),
            new Sizes(1, 1, 40, 5, 3, 4001, 3, 3, 2, 1, 1),
            new Sizes(2, 11, 1, 1, 28, 28, 3, 3, 1, 1, 1),
            new Sizes(2, 11, 1, 1, 28, 37, 5, 5, 2, 2, 1),
            new Sizes(2, 5, 1, 3, 9, 50, 3, 3, 1, 2, 2),
            new Sizes(2, 5, 2, 1, 9, 20, 3, 3, 1, 1, 1));
    return all.stream()
        .flatMap(s -> Stream.of(DType.F32, DType.F64).map(dtype -> Arguments.of(s, dtype)));
  }

  private static Tensor some(DType dtype, long seed, long... shape) {
    return Tensor.randn(Generator.seeded(seed), dtype, shape);
  }

  /// The definition: a product with columns, group by group.
  private static Tensor defined(Tensor x, Tensor w, Tensor b, Sizes s) {
    ConvOptions options = s.options().groups(1);
    long[] kernel = {s.kh, s.kw};
    Tensor[] parts = new Tensor[s.g];
    for (int g = 0; g < s.g; g++) {
      Tensor columns = x.narrow(1, (long) g * s.c, s.c).im2col(kernel, options);
      Tensor rows = w.narrow(0, (long) g * s.f, s.f).reshape(s.f, -1);
      parts[g] = rows.matmul(columns).add(b.narrow(0, (long) g * s.f, s.f).view(-1, 1));
    }
    Tensor y = Tensor.cat(List.of(parts), 1);
    long reach = (long) s.dil * (s.kw - 1) + 1;
    return y.unflatten(2, -1, (s.w + 2L * s.pad - reach) / s.stride + 1);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void isTheProductWithItsColumns(Sizes s, DType dtype) {
    try (var _ = Scope.open()) {
      Tensor[] in = operands(s, dtype);
      Tensor[] reference = operands(s, DType.F64);
      Tensor y = in[0].conv2d(in[1], in[2], s.options());
      Tensor z = defined(reference[0], reference[1], reference[2], s);
      assertClose("y", z, y, dtype);
      Tensor g = some(DType.F32, 4, y.shape());
      y.backward(g.to(dtype));
      z.backward(g.to(DType.F64));
      for (int i = 0; i < in.length; i++) {
        assertClose(
            "gradient " + i,
            Objects.requireNonNull(reference[i].grad()),
            Objects.requireNonNull(in[i].grad()),
            dtype);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void transposedIsTheGradient(Sizes s, DType dtype) {
    try (var _ = Scope.open()) {
      Tensor[] in = operands(s, dtype);
      Tensor y = in[0].conv2d(in[1], null, s.options());
      Tensor g = some(DType.F32, 4, y.shape()).to(dtype).requiresGrad_();
      y.backward(g);
      Tensor b = some(DType.F32, 5, (long) s.g * s.c).to(dtype).requiresGrad_();
      long reach = (long) s.dil * (s.kh - 1) + 1;
      long more = (s.h + 2L * s.pad - reach) % s.stride;
      long reachW = (long) s.dil * (s.kw - 1) + 1;
      long moreW = (s.w + 2L * s.pad - reachW) % s.stride;
      Tensor x = g.convTranspose2d(in[1].detach(), b, s.options().outputPadding(more, moreW));
      assertClose(
          "x",
          Objects.requireNonNull(in[0].grad()).add(b.detach().view(-1, 1, 1)).to(DType.F64),
          x,
          dtype);
      x.sum().backward();
      Tensor sums = Tensor.full(dtype, (double) s.n * s.h * s.w, b.shape());
      assertClose("bias", sums.to(DType.F64), Objects.requireNonNull(b.grad()), dtype);
    }
  }

  private static Tensor[] operands(Sizes s, DType dtype) {
    return new Tensor[] {
      some(DType.F32, 1, s.n, (long) s.g * s.c, s.h, s.w).to(dtype).requiresGrad_(),
      some(DType.F32, 2, (long) s.g * s.f, s.c, s.kh, s.kw).to(dtype).requiresGrad_(),
      some(DType.F32, 3, (long) s.g * s.f).to(dtype).requiresGrad_()
    };
  }

  private static void assertClose(String what, Tensor expected, Tensor actual, DType dtype) {
    assertArrayEquals(expected.shape(), actual.shape(), what);
    try (var _ = NoGrad.open()) {
      double largest = expected.abs().max().item();
      double error = actual.to(DType.F64).sub(expected).abs().max().item();
      double allowed = (dtype == DType.F32 ? 3e-6 : 1e-14) * Math.max(1, largest);
      assertEquals(0, error, allowed, what);
    }
  }

  /// What several threads share is read through a copy, and what no scope owns is written through
  /// one.
  @Test
  void takesMemoryOfEveryOwner() {
    Sizes s = new Sizes(2, 1, 3, 5, 12, 40, 3, 3, 1, 1, 1);
    Tensor x;
    Tensor w;
    double[] expected;
    try (var _ = Scope.open()) {
      x = some(DType.F32, 1, s.n, s.c, s.h, s.w).shared();
      w = some(DType.F32, 2, s.f, s.c, s.kh, s.kw).shared();
      expected = x.copy().conv2d(w.copy(), null, s.options()).toDoubleArray();
      assertArrayEquals(expected, x.conv2d(w, null, s.options()).toDoubleArray());
    }
    assertArrayEquals(expected, x.conv2d(w, null, s.options()).toDoubleArray());
    ConvOptions strided = PLAIN.stride(2);
    assertArrayEquals(
        x.copy().convTranspose2d(w.transpose(0, 1).narrow(0, 0, 3), null, strided).toDoubleArray(),
        x.convTranspose2d(w.transpose(0, 1), null, strided).toDoubleArray());
    x.free();
    w.free();
  }

  /// Plane by plane of the result, over the taps in depth.
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void volumesAreSumsOfPlanes(DType dtype) {
    try (var _ = Scope.open()) {
      Tensor x = some(DType.F32, 1, 2, 3, 6, 12, 20).to(dtype).requiresGrad_();
      Tensor w = some(DType.F32, 2, 10, 3, 3, 3, 3).to(dtype).requiresGrad_();
      Tensor y = x.conv3d(w, null, PLAIN.stride(2, 1, 1).padding(1));
      Tensor exact = x.detach().to(DType.F64).requiresGrad_();
      Tensor weight = w.detach().to(DType.F64).requiresGrad_();
      Tensor[] planes = new Tensor[3];
      for (int d = 0; d < 3; d++) {
        Tensor sum = Tensor.zeros(DType.F64, 2, 10, 12, 20);
        for (int k = 0; k < 3; k++) {
          int z = 2 * d + k - 1;
          if (z >= 0 && z < 6) {
            Tensor tap = weight.select(2, k);
            sum = sum.add(exact.select(2, z).conv2d(tap, null, PLAIN.padding(1)));
          }
        }
        planes[d] = sum;
      }
      Tensor z = Tensor.stack(List.of(planes), 2);
      assertClose("y", z, y, dtype);
      Tensor g = some(DType.F32, 3, y.shape());
      y.backward(g.to(dtype));
      z.backward(g.to(DType.F64));
      assertClose(
          "gradient of x",
          Objects.requireNonNull(exact.grad()),
          Objects.requireNonNull(x.grad()),
          dtype);
      assertClose(
          "gradient of w",
          Objects.requireNonNull(weight.grad()),
          Objects.requireNonNull(w.grad()),
          dtype);
    }
  }

  @Test
  void countsItsWork() {
    try (var _ = Scope.open();
        var work = MultiplyAdds.open()) {
      Tensor x = Tensor.zeros(2, 4, 7, 5);
      Tensor w = Tensor.zeros(6, 2, 3, 3).requiresGrad_();
      Tensor y = x.conv2d(w, null, PLAIN.groups(2).padding(1));
      assertEquals(2L * 7 * 5 * 6 * 2 * 9, work.count());
      y.sum().backward();
      assertEquals(2 * 2L * 7 * 5 * 6 * 2 * 9, work.count());
    }
  }

  static Stream<Arguments> mistakes() {
    Supplier<Tensor> x = () -> Tensor.zeros(1, 4, 5, 5);
    Supplier<Tensor> w = () -> Tensor.zeros(8, 3, 3, 3);
    Supplier<Tensor> fits = () -> Tensor.zeros(8, 4, 3, 3);
    return Stream.of(
        mistake(
            "conv2d: input channels differ: [1,4,5,5] and weight [8,3,3,3] with groups=1 (4 != 3)",
            () -> x.get().conv2d(w.get(), null)),
        mistake(
            "conv2d: needs an input [N,C,H,W] or [C,H,W] and a weight of 4 dims: [5,5] and"
                + " [8,4,3,3]",
            () -> Tensor.zeros(5, 5).conv2d(fits.get(), null)),
        mistake(
            "conv2d: dtypes differ: F32 [1,4,5,5] and F64 [8,4,3,3]; convert one with to(DType)",
            () -> x.get().conv2d(fits.get().to(DType.F64), null)),
        mistake(
            "conv2d: needs F32 or F64, got I64 [1,4,5,5]; convert with to(DType)",
            () -> x.get().to(DType.I64).conv2d(fits.get().to(DType.I64), null)),
        mistake(
            "conv2d: bias needs one element for each output channel: [4] (8 channels)",
            () -> x.get().conv2d(fits.get(), Tensor.zeros(4))),
        mistake(
            "conv2d: kernel is larger than the padded input: [1,4,5,5] and kernel [3,6] (dim 3: 6 >"
                + " 5)",
            () -> x.get().conv2d(Tensor.zeros(8, 4, 3, 6), null)),
        mistake(
            "conv2d: groups do not divide the output channels: weight [3,2,3,3] with groups=2 (3)",
            () -> x.get().conv2d(Tensor.zeros(3, 2, 3, 3), null, PLAIN.groups(2))),
        mistake(
            "conv2d: stride must be at least 1: [0]",
            () -> x.get().conv2d(fits.get(), null, PLAIN.stride(0))),
        mistake(
            "conv2d: padding must be at least 0: [-1]",
            () -> x.get().conv2d(fits.get(), null, PLAIN.padding(-1))),
        mistake(
            "conv2d: dilation needs 1 or 2 values, got [1,2,3]",
            () -> x.get().conv2d(fits.get(), null, PLAIN.dilation(1, 2, 3))),
        mistake(
            "conv2d: groups must be at least 1: 0",
            () -> x.get().conv2d(fits.get(), null, PLAIN.groups(0))),
        mistake(
            "conv2d: padding=same needs stride 1: [2,2]",
            () -> x.get().conv2d(fits.get(), null, PLAIN.same().stride(2))),
        mistake(
            "convTranspose2d: outputPadding must be less than stride or dilation: [2,2] with stride"
                + " [2,2], dilation [1,1]",
            () ->
                x.get()
                    .convTranspose2d(
                        Tensor.zeros(4, 3, 3, 3), null, PLAIN.stride(2).outputPadding(2))),
        mistake(
            "convTranspose2d: input channels differ: [1,4,5,5] and weight [8,3,3,3] (4 != 8)",
            () -> x.get().convTranspose2d(w.get(), null, PLAIN)),
        mistake(
            "convTranspose2d: output would have no elements: [1,4,5,5] and kernel [3,3] (dim 2: -1)",
            () -> x.get().convTranspose2d(Tensor.zeros(4, 3, 3, 3), null, PLAIN.padding(4))),
        mistake(
            "im2col: needs [N,C,H,W] or [C,H,W]: [5,5]",
            () -> Tensor.zeros(5, 5).im2col(new long[] {2, 2}, PLAIN)),
        mistake("im2col: kernel needs 2 values: [2]", () -> x.get().im2col(new long[] {2}, PLAIN)),
        mistake(
            "col2im: [1,9,4] does not hold columns of 4 rows at 4 positions: outputSize [3,3],"
                + " kernel [2,2]",
            () -> Tensor.zeros(1, 9, 4).col2im(new long[] {3, 3}, new long[] {2, 2}, PLAIN)));
  }

  private static Arguments mistake(String message, Supplier<Tensor> call) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refuses(String message, Supplier<Tensor> call) {
    try (var _ = Scope.open()) {
      var thrown = assertThrows(IllegalArgumentException.class, call::get);
      assertEquals(message, thrown.getMessage());
    }
  }
}
