package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import java.util.List;
import java.util.stream.Stream;

/// The layers of convolutions.
final class ConvolutionModules {
  private ConvolutionModules() {}

  static List<ModuleRow> rows() {
    return Stream.of(convolutions(), transposed(), patches()).flatMap(List::stream).toList();
  }

  private static List<ModuleRow> convolutions() {
    return List.of(
        row("Conv1d", dtype -> new Conv1d(Convolution.Options.of(2, 3, 3).dtype(dtype))),
        row(
            "Conv1d-options",
            dtype ->
                new Conv1d(
                    Convolution.Options.of(4, 6, 3)
                        .stride(2)
                        .padding(2)
                        .dilation(2)
                        .groups(2)
                        .bias(false)
                        .dtype(dtype))),
        row(
            "Conv1d-circular",
            dtype ->
                new Conv1d(
                    Convolution.Options.of(2, 2, 3)
                        .padding(2)
                        .paddingMode(PaddingMode.CIRCULAR)
                        .dtype(dtype))),
        row("Conv1d-unbatched", dtype -> new Conv1d(Convolution.Options.of(2, 3, 2).dtype(dtype))),
        row("Conv2d", dtype -> new Conv2d(Convolution.Options.of(2, 3, 3).dtype(dtype))),
        row(
            "Conv2d-stride",
            dtype ->
                new Conv2d(
                    Convolution.Options.of(2, 4, 3, 2).stride(2, 1).padding(1, 0).dtype(dtype))),
        row(
            "Conv2d-groups",
            dtype ->
                new Conv2d(Convolution.Options.of(4, 4, 2).groups(2).dilation(2).dtype(dtype))),
        row(
            "Conv2d-depthwise",
            dtype ->
                new Conv2d(
                    Convolution.Options.of(3, 6, 3).groups(3).padding(1).bias(false).dtype(dtype))),
        row(
            "Conv2d-same",
            dtype ->
                new Conv2d(
                    Convolution.Options.of(2, 2, 2, 3).padding("same").dilation(2).dtype(dtype))),
        row(
            "Conv2d-valid",
            dtype -> new Conv2d(Convolution.Options.of(2, 2, 2).padding("valid").dtype(dtype))),
        row(
            "Conv2d-reflect",
            dtype ->
                new Conv2d(
                    Convolution.Options.of(1, 2, 3)
                        .padding(1, 2)
                        .paddingMode(PaddingMode.REFLECT)
                        .dtype(dtype))),
        row(
            "Conv2d-replicate",
            dtype ->
                new Conv2d(
                    Convolution.Options.of(2, 2, 3)
                        .padding(1)
                        .stride(2)
                        .paddingMode(PaddingMode.REPLICATE)
                        .dtype(dtype))),
        row(
            "Conv2d-circular",
            dtype ->
                new Conv2d(
                    Convolution.Options.of(1, 2, 3)
                        .padding(1)
                        .paddingMode(PaddingMode.CIRCULAR)
                        .dtype(dtype))),
        row(
            "Conv2d-reflect-same",
            dtype ->
                new Conv2d(
                    Convolution.Options.of(1, 2, 2, 4)
                        .padding("same")
                        .paddingMode(PaddingMode.REFLECT)
                        .dtype(dtype))),
        row("Conv3d", dtype -> new Conv3d(Convolution.Options.of(2, 2, 2).padding(1).dtype(dtype))),
        row(
            "Conv3d-options",
            dtype ->
                new Conv3d(
                    Convolution.Options.of(2, 2, 1, 2, 3)
                        .stride(1, 2, 1)
                        .groups(2)
                        .bias(false)
                        .dtype(dtype))));
  }

  private static List<ModuleRow> transposed() {
    return List.of(
        row(
            "ConvTranspose1d",
            dtype ->
                new ConvTranspose1d(
                    Convolution.Options.of(3, 2, 3)
                        .stride(2)
                        .padding(1)
                        .outputPadding(1)
                        .dtype(dtype))),
        row(
            "ConvTranspose2d",
            dtype -> new ConvTranspose2d(Convolution.Options.of(2, 3, 3).dtype(dtype))),
        row(
            "ConvTranspose2d-options",
            dtype ->
                new ConvTranspose2d(
                    Convolution.Options.of(4, 2, 2)
                        .stride(2)
                        .groups(2)
                        .dilation(1, 2)
                        .outputPadding(1, 0)
                        .bias(false)
                        .dtype(dtype))),
        row(
            "ConvTranspose2d-size",
            dtype ->
                new ConvTranspose2d(
                    Convolution.Options.of(2, 2, 3).stride(2).padding(1).dtype(dtype)),
            (m, in) -> List.of(m.forward(in.get("x"), new long[] {4, 6}))),
        row(
            "ConvTranspose3d",
            dtype ->
                new ConvTranspose3d(
                    Convolution.Options.of(2, 2, 2)
                        .stride(1, 2, 1)
                        .padding(0, 1, 0)
                        .dtype(dtype))));
  }

  private static List<ModuleRow> patches() {
    return List.of(
        row("Unfold", _ -> new Unfold(2)),
        row(
            "Unfold-options",
            _ -> new Unfold(new long[] {2, 3}, new long[] {2, 1}, new long[] {1}, new long[] {2})),
        row("Fold", _ -> new Fold(new long[] {3, 4}, 2)),
        row(
            "Fold-options",
            _ ->
                new Fold(
                    new long[] {5},
                    new long[] {2, 3},
                    new long[] {2, 1},
                    new long[] {1},
                    new long[] {2, 2})));
  }
}
