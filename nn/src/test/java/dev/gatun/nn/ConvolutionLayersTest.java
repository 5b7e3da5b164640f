package dev.gatun.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.nn.Convolution.Options;
import dev.gatun.tensor.ConvOptions;
import dev.gatun.tensor.Generator;
import dev.gatun.tensor.NoGrad;
import dev.gatun.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionLayersTest {
  static Stream<Arguments> mistakes() {
    Options plain = Options.of(4, 6, 3);
    return Stream.of(
        mistake(
            "Conv2d: groups do not divide inChannels: 4 (groups=3)",
            () -> new Conv2d(plain.groups(3))),
        mistake(
            "Conv2d: groups do not divide outChannels: 6 (groups=4)",
            () -> new Conv2d(plain.groups(4))),
        mistake(
            "Conv1d: kernelSize needs 1 or 1 values, got [3,3]",
            () -> new Conv1d(Options.of(4, 6, 3, 3))),
        mistake(
            "Conv3d: stride must be at least 1: [1,0,1]", () -> new Conv3d(plain.stride(1, 0, 1))),
        mistake("Conv2d: padding must be at least 0: [-1]", () -> new Conv2d(4, 6, 3, 1, -1)),
        mistake("Conv2d: channels must be at least 1: 0 and 6", () -> new Conv2d(0, 6, 3)),
        mistake("Conv2d: dtype must be F32 or F64: I64", () -> new Conv2d(plain.dtype(DType.I64))),
        mistake(
            "Conv2d: padding=same needs stride 1: [2,2]",
            () -> new Conv2d(plain.padding("same").stride(2))),
        mistake(
            "Options: padding must be numbers, same or valid: full", () -> plain.padding("full")),
        mistake(
            "ConvTranspose2d: a transposed convolution has no padding but zeros, in numbers: reflect",
            () -> new ConvTranspose2d(plain.paddingMode(PaddingMode.REFLECT))),
        mistake(
            "ConvTranspose1d: a transposed convolution has no padding but zeros, in numbers: same",
            () -> new ConvTranspose1d(plain.padding("same"))),
        mistake("Unfold: kernelSize must be at least 1: [0]", () -> new Unfold(0)),
        mistake(
            "Fold: outputSize needs 1 or 2 values, got [1,2,3]",
            () -> new Fold(new long[] {1, 2, 3}, 2)),
        mistake(
            "conv2d: input channels differ: [1,3,5,5] and weight [6,4,3,3] with groups=1 (3 != 4)",
            () -> run(new Conv2d(plain), Tensor.zeros(1, 3, 5, 5))),
        mistake(
            "pad: REFLECT of [5,5,5,5] does not fit shape [1,4,5,5] (dim 3: 5)",
            () ->
                run(
                    new Conv2d(plain.padding(5).paddingMode(PaddingMode.REFLECT)),
                    Tensor.zeros(1, 4, 5, 5))),
        mistake(
            "ConvTranspose2d: no output padding gives size [9,9]: input [1,4,3,3] (sizes [7,7] to"
                + " [8,8])",
            () -> sized(Tensor.zeros(1, 4, 3, 3), 9, 9)),
        mistake(
            "ConvTranspose2d: outputSize needs 2 values for input [1,4,3,3]: [7]",
            () -> sized(Tensor.zeros(1, 4, 3, 3), 7)));
  }

  private static void sized(Tensor x, long... size) {
    try (var layer = new ConvTranspose2d(4, 6, 3, 2, 0)) {
      Tensor y = layer.forward(x, size);
      assertEquals(4, y.dim());
    }
  }

  private static void run(Module layer, Tensor x) {
    try (layer) {
      Tensor y = layer.forward(x);
      assertEquals(4, y.dim());
    }
  }

  private static Arguments mistake(String message, Executable call) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refuses(String message, Executable call) {
    try (var _ = Scope.open()) {
      var thrown = assertThrows(IllegalArgumentException.class, call);
      assertEquals(message, thrown.getMessage());
    }
  }

  @Test
  void functionsComputeWhatLayersCompute() {
    try (var layer = new Conv2d(Options.of(2, 4, 3).stride(2).padding(1));
        var up = new ConvTranspose2d(4, 2, 3, 2, 1);
        var _ = Scope.open();
        var _ = NoGrad.open()) {
      Tensor x = Tensor.randn(Generator.seeded(1), 2, 2, 6, 7);
      ConvOptions options = ConvOptions.DEFAULT.stride(2).padding(1);
      Tensor y = layer.forward(x);
      Tensor same = F.conv2d(x, layer.weight(), layer.bias(), options);
      assertArrayEquals(same.toFloatArray(), y.toFloatArray());
      Tensor back = F.convTranspose2d(y, up.weight(), up.bias(), options);
      assertArrayEquals(back.toFloatArray(), up.forward(y).toFloatArray());
      Tensor columns = F.unfold(x, new long[] {2, 2}, ConvOptions.DEFAULT);
      assertArrayEquals(columns.toFloatArray(), new Unfold(2).forward(x).toFloatArray());
      Tensor folded = F.fold(columns, new long[] {6, 7}, new long[] {2, 2}, ConvOptions.DEFAULT);
      assertArrayEquals(
          folded.toFloatArray(), new Fold(new long[] {6, 7}, 2).forward(columns).toFloatArray());
    }
  }

  @Test
  void tellsWhatItIsMadeOf() {
    try (var layer = new Conv2d(Options.of(2, 4, 3, 5).bias(false))) {
      assertArrayEquals(new long[] {3, 5}, layer.kernelSize());
      assertEquals(2, layer.inChannels());
      assertEquals(4, layer.outChannels());
      assertEquals(null, layer.bias());
    }
  }

  @Test
  void isDrawnFromAGenerator() {
    try (var a = new Conv1d(Options.of(3, 4, 5).generator(Generator.seeded(7)));
        var b = new Conv1d(3, 4, 5)) {
      b.resetParameters(Generator.seeded(7));
      assertArrayEquals(a.weight().toFloatArray(), b.weight().toFloatArray());
    }
  }
}
