package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.memory.DType;
import dev.gatun.tensor.Generator;
import java.util.List;
import java.util.function.Function;

/// Layers whose weight is computed.
final class ParametrizationModules {
  private static final String WEIGHT = "weight";

  private ParametrizationModules() {}

  static List<ModuleRow> rows() {
    Function<DType, Linear> linear = dtype -> new Linear(4, 3, true, dtype);
    return List.of(
        row("WeightNorm-Linear", dtype -> Parametrizations.weightNorm(linear.apply(dtype))),
        row(
            "WeightNorm-dim",
            dtype -> Parametrizations.weightNorm(linear.apply(dtype), WEIGHT, -1)),
        row(
            "WeightNorm-whole",
            dtype -> Parametrizations.weightNorm(new Linear(4, 3, false, dtype), WEIGHT, null)),
        row(
            "WeightNorm-Conv2d",
            dtype -> Parametrizations.weightNorm(new Conv2d(options(2).dtype(dtype)))),
        row(
            "WeightNorm-ConvTranspose1d",
            dtype -> Parametrizations.weightNorm(new ConvTranspose1d(options(2).dtype(dtype)))),
        row(
            "WeightNorm-Bilinear",
            dtype ->
                Parametrizations.weightNorm(new Bilinear(2, 3, 2, true, dtype, Generator.shared())),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("y")))),
        row(
            "SpectralNorm-Linear",
            dtype -> Parametrizations.spectralNorm(linear.apply(dtype)).eval()),
        row(
            "SpectralNorm-dim",
            dtype ->
                Parametrizations.spectralNorm(
                        linear.apply(dtype), WEIGHT, 1, 1e-12, 1, Generator.shared())
                    .eval()),
        row(
            "SpectralNorm-Conv1d",
            dtype -> Parametrizations.spectralNorm(new Conv1d(options(2).dtype(dtype))).eval()),
        row(
            "SpectralNorm-ConvTranspose1d",
            dtype ->
                Parametrizations.spectralNorm(new ConvTranspose1d(options(2).dtype(dtype)))
                    .eval()));
  }

  private static Convolution.Options options(long kernel) {
    return Convolution.Options.of(2, 3, kernel);
  }
}
