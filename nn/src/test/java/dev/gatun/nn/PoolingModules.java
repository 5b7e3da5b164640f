package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.tensor.Tensor;
import dev.gatun.tensor.ValuesIndices;
import java.util.List;

/// Poolings and what undoes them.
final class PoolingModules {
  private PoolingModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        row("MaxPool1d", _ -> new MaxPool1d(2)),
        row(
            "MaxPool1d-options",
            _ -> new MaxPool1d(MaxPoolOptions.of(3).stride(2).padding(1).ceilMode(true))),
        row("MaxPool2d", _ -> new MaxPool2d(2)),
        row("MaxPool2d-stride", _ -> new MaxPool2d(3, 2)),
        row("MaxPool2d-padding", _ -> new MaxPool2d(3, 2, 1)),
        row(
            "MaxPool2d-options",
            _ -> new MaxPool2d(MaxPoolOptions.of(2, 3).stride(1, 2).padding(1, 0).dilation(2, 1))),
        row("MaxPool3d", _ -> new MaxPool3d(2)),
        row("MaxPool3d-options", _ -> new MaxPool3d(MaxPoolOptions.of(2).stride(1).ceilMode(true))),
        row("AvgPool1d", _ -> new AvgPool1d(2)),
        row(
            "AvgPool1d-options",
            _ ->
                new AvgPool1d(
                    AvgPoolOptions.of(3)
                        .stride(2)
                        .padding(1)
                        .ceilMode(true)
                        .countIncludePad(false))),
        row("AvgPool2d", _ -> new AvgPool2d(2)),
        row("AvgPool2d-stride", _ -> new AvgPool2d(3, 2)),
        row("AvgPool2d-padding", _ -> new AvgPool2d(3, 2, 1)),
        row(
            "AvgPool2d-options",
            _ -> new AvgPool2d(AvgPoolOptions.of(2, 3).ceilMode(true).divisorOverride(2))),
        row("AvgPool3d", _ -> new AvgPool3d(2)),
        row(
            "AvgPool3d-options",
            _ ->
                new AvgPool3d(
                    AvgPoolOptions.of(1, 2, 2)
                        .stride(1, 1, 2)
                        .padding(0, 1, 1)
                        .countIncludePad(false))),
        row("AdaptiveAvgPool1d", _ -> new AdaptiveAvgPool1d(3)),
        row("AdaptiveAvgPool2d", _ -> new AdaptiveAvgPool2d(-1, 3)),
        row("AdaptiveAvgPool2d-one", _ -> new AdaptiveAvgPool2d(1)),
        row("AdaptiveAvgPool3d", _ -> new AdaptiveAvgPool3d(1, 2, 3)),
        row("AdaptiveMaxPool1d", _ -> new AdaptiveMaxPool1d(3)),
        row("AdaptiveMaxPool2d", _ -> new AdaptiveMaxPool2d(2, 3)),
        row("AdaptiveMaxPool3d", _ -> new AdaptiveMaxPool3d(2)),
        row("LPPool1d", _ -> new LPPool1d(2, 2)),
        row("LPPool2d", _ -> new LPPool2d(1.5, 2)),
        row(
            "LPPool2d-stride",
            _ -> new LPPool2d(3, AvgPoolOptions.of(2, 3).stride(1).ceilMode(true))),
        row(
            "MaxPool2d-indices",
            _ -> new MaxPool2d(2),
            (m, in) -> both(m.forwardWithIndices(in.get("x")))),
        row(
            "AdaptiveMaxPool2d-indices",
            _ -> new AdaptiveMaxPool2d(2),
            (m, in) -> both(m.forwardWithIndices(in.get("x")))),
        row(
            "MaxUnpool1d",
            _ -> new MaxUnpool1d(2),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("indices")))),
        row(
            "MaxUnpool2d",
            _ -> new MaxUnpool2d(2),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("indices")))),
        row(
            "MaxUnpool3d",
            _ -> new MaxUnpool3d(2),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("indices")))),
        row(
            "MaxUnpool2d-size",
            _ -> new MaxUnpool2d(MaxPoolOptions.of(3).stride(2).padding(1)),
            (m, in) -> List.of(m.forward(in.get("x"), in.get("indices"), 4, 4))));
  }

  private static List<Tensor> both(ValuesIndices found) {
    return List.of(found.values(), found.indices());
  }
}
