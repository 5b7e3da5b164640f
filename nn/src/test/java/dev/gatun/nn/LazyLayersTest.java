package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.ShapeException;
import dev.gatun.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Lazy convolutions and normalizations beside those that know their channels.
class LazyLayersTest {
  /// @param text of the lazy layer before its first input, as PyTorch prints it
  @SuppressWarnings("ArrayRecordComponent")
  record Pair(String text, Supplier<Module> lazy, Supplier<Module> eager, long... input) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static Convolution.Options options(Convolution.Options options) {
    return options.groups(2).stride(2).dtype(DType.F64).generator(Generator.seeded(3));
  }

  private static Convolution.Options lazy() {
    return options(Convolution.Options.lazy(4, 3));
  }

  private static Convolution.Options eager() {
    return options(Convolution.Options.of(6, 4, 3));
  }

  private static NormOptions batch(long n) {
    return NormOptions.batch(n).dtype(DType.F64);
  }

  private static NormOptions instance(long n) {
    return NormOptions.instance(n).affine(true).trackRunningStats(true).dtype(DType.F64);
  }

  private static String conv(String name, String kernel, String stride) {
    return "%s(0, 4, kernel_size=(%s), stride=(%s), groups=2)".formatted(name, kernel, stride);
  }

  private static String norm(String name) {
    return name + "(0, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)";
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair(
            conv("LazyConv1d", "3,", "2,"),
            () -> new LazyConv1d(lazy()),
            () -> new Conv1d(eager()),
            2,
            6,
            9),
        new Pair(
            conv("LazyConv2d", "3, 3", "2, 2"),
            () -> new LazyConv2d(lazy()),
            () -> new Conv2d(eager()),
            6,
            9,
            8),
        new Pair(
            conv("LazyConv3d", "3, 3, 3", "2, 2, 2"),
            () -> new LazyConv3d(lazy()),
            () -> new Conv3d(eager()),
            1,
            6,
            5,
            4,
            4),
        new Pair(
            conv("LazyConvTranspose1d", "3,", "2,"),
            () -> new LazyConvTranspose1d(lazy()),
            () -> new ConvTranspose1d(eager()),
            6,
            4),
        new Pair(
            conv("LazyConvTranspose2d", "3, 3", "2, 2"),
            () -> new LazyConvTranspose2d(lazy()),
            () -> new ConvTranspose2d(eager()),
            2,
            6,
            3,
            4),
        new Pair(
            conv("LazyConvTranspose3d", "3, 3, 3", "2, 2, 2"),
            () -> new LazyConvTranspose3d(lazy()),
            () -> new ConvTranspose3d(eager()),
            1,
            6,
            2,
            3,
            2),
        new Pair(
            norm("LazyBatchNorm1d"),
            () -> new LazyBatchNorm1d(batch(0)),
            () -> new BatchNorm1d(batch(6)),
            4,
            6),
        new Pair(
            norm("LazyBatchNorm2d"),
            () -> new LazyBatchNorm2d(batch(0)),
            () -> new BatchNorm2d(batch(6)),
            2,
            6,
            3,
            3),
        new Pair(
            norm("LazyBatchNorm3d"),
            () -> new LazyBatchNorm3d(batch(0)),
            () -> new BatchNorm3d(batch(6)),
            2,
            6,
            2,
            2,
            2),
        new Pair(
            norm("LazyInstanceNorm1d"),
            () -> new LazyInstanceNorm1d(instance(0)),
            () -> new InstanceNorm1d(instance(6)),
            6,
            5),
        new Pair(
            norm("LazyInstanceNorm2d"),
            () -> new LazyInstanceNorm2d(instance(0)),
            () -> new InstanceNorm2d(instance(6)),
            2,
            6,
            3,
            3),
        new Pair(
            norm("LazyInstanceNorm3d"),
            () -> new LazyInstanceNorm3d(instance(0)),
            () -> new InstanceNorm3d(instance(6)),
            2,
            6,
            2,
            2,
            2));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void becomesTheOtherWithItsFirstInput(Pair pair) {
    try (Module lazy = pair.lazy.get();
        Module eager = pair.eager.get();
        var _ = Scope.open()) {
      assertEquals(pair.text, lazy.toString());
      assertThrows(IllegalStateException.class, lazy::stateDict);
      Tensor x = Tensor.randn(Generator.seeded(1), DType.F64, pair.input);
      Tensor expected = eager.forward(x);
      assertArrayEquals(expected.toDoubleArray(), lazy.call(x).toDoubleArray());
      assertEquals(eager.toString(), lazy.toString());
      assertSame(eager.stateDict(), lazy.stateDict());
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void takesTheShapesOfAState(Pair pair) {
    try (Module lazy = pair.lazy.get();
        Module eager = pair.eager.get();
        var _ = Scope.open()) {
      Tensor x = Tensor.randn(Generator.seeded(1), DType.F64, pair.input);
      Tensor _ = eager.forward(x);
      lazy.loadStateDict(eager.stateDict());
      assertSame(eager.stateDict(), lazy.stateDict());
      assertArrayEquals(eager.forward(x).toDoubleArray(), lazy.forward(x).toDoubleArray());
      assertEquals(eager.toString(), lazy.toString());
    }
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, tensor) -> {
      assertArrayEquals(tensor.shape(), Objects.requireNonNull(actual.get(name)).shape(), name);
      assertArrayEquals(tensor.toDoubleArray(), actual.get(name).toDoubleArray(), name);
    });
  }

  @Test
  void refusesAnInputThatGivesNoChannels() {
    try (var conv = new LazyConv2d(4, 3);
        var groups = new LazyConv1d(lazy());
        var norm = new LazyBatchNorm2d();
        var _ = Scope.open()) {
      assertEquals(
          "LazyConv2d: expected 3D or 4D input, got shape [2,3]",
          assertThrows(ShapeException.class, () -> conv.forward(Tensor.ones(2, 3))).getMessage());
      assertEquals(
          "LazyConv1d: groups do not divide inChannels: 5 (groups=2)",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> groups.forward(Tensor.ones(DType.F64, 5, 9)))
              .getMessage());
      assertEquals(
          "LazyBatchNorm2d: expected 4D input, got shape [2,3]",
          assertThrows(ShapeException.class, () -> norm.forward(Tensor.ones(2, 3))).getMessage());
      assertArrayEquals(new long[] {2, 4, 6, 6}, conv.forward(Tensor.ones(2, 3, 8, 8)).shape());
      assertEquals(3, conv.inChannels());
      assertEquals("Conv2d(3, 4, kernel_size=(3, 3), stride=(1, 1))", conv.toString());
    }
  }
}
