package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.pair;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [PoolingOps] and [AdaptivePoolingOps].
final class PoolingRows {
  private PoolingRows() {}

  static List<Family> families() {
    return List.of(largest(), means());
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  private static Family largest() {
    return family(
        "maxPool",
        row("maxPool1d", a -> a.maxPool1d(2)),
        row("maxPool1d-unbatched", a -> a.maxPool1d(of(3), of(2), of(0), of(1), false)),
        row("maxPool1d-padding", a -> a.maxPool1d(of(3), of(1), of(1), of(1), false)),
        row("maxPool1d-ceil", a -> a.maxPool1d(of(2), of(2), of(0), of(1), true)),
        row("maxPool1d-dilation", a -> a.maxPool1d(of(2), of(1), of(1), of(3), false)),
        row("maxPool1d-far", a -> a.maxPool1d(of(2), of(3), of(0), of(1), false)),
        row("maxPool2d", a -> a.maxPool2d(2)),
        row("maxPool2d-unbatched", a -> a.maxPool2d(2, 2)),
        row("maxPool2d-wide", a -> a.maxPool2d(2)),
        row("maxPool2d-overlap", a -> a.maxPool2d(of(3), of(2), of(1), of(1), false)),
        row("maxPool2d-unlike", a -> a.maxPool2d(of(2, 3), of(1, 2), of(1, 0), of(1), false)),
        row("maxPool2d-dilation", a -> a.maxPool2d(of(2), of(1), of(1), of(2), false)),
        row("maxPool2d-ceil", a -> a.maxPool2d(of(3), of(2), of(1), of(1), true)),
        row("maxPool2d-one-row", a -> a.maxPool2d(of(1, 2), of(1), of(0), of(1), false)),
        row("maxPool3d", a -> a.maxPool3d(2)),
        row("maxPool3d-padding", a -> a.maxPool3d(of(3), of(2), of(1), of(1), false)),
        row("maxPool3d-ceil", a -> a.maxPool3d(of(2), of(), of(0), of(1), true)),
        pair("maxPool1d-indices", a -> a.maxPool1dWithIndices(of(3), of(2), of(1), of(1), false)),
        pair("maxPool2d-indices", a -> a.maxPool2dWithIndices(of(2), of(), of(0), of(1), false)),
        pair(
            "maxPool2d-indices-wide",
            a -> a.maxPool2dWithIndices(of(3, 2), of(2, 1), of(1), of(1), false)),
        pair(
            "maxPool2d-indices-dilation",
            a -> a.maxPool2dWithIndices(of(2), of(2), of(1), of(2), true)),
        pair("maxPool3d-indices", a -> a.maxPool3dWithIndices(of(2), of(1), of(0), of(1), false)),
        pair("adaptiveMaxPool1d-indices", a -> a.adaptiveMaxPool1dWithIndices(3)),
        pair("adaptiveMaxPool2d-indices", a -> a.adaptiveMaxPool2dWithIndices(3, 4)),
        pair("adaptiveMaxPool3d-indices", a -> a.adaptiveMaxPool3dWithIndices(2)),
        pair("maxPool2d-edge", a -> a.maxPool2dWithIndices(of(2), of(1), of(1), of(1), false)),
        pair(
            "maxPool2d-edge-apart",
            a -> a.maxPool2dWithIndices(of(3, 2), of(), of(0), of(1), false)),
        pair(
            "maxPool2d-edge-far",
            a -> a.maxPool2dWithIndices(of(2, 3), of(1, 3), of(0), of(1), false)),
        pair("adaptiveMaxPool2d-edge", a -> a.adaptiveMaxPool2dWithIndices(2, 5)),
        row("maxPool2d-empty", a -> a.maxPool2d(2)),
        row("maxUnpool1d", a -> a.maxUnpool1d(Tensor.of(of(1, 2, 5), 1, 1, 3), 6)),
        row("maxUnpool2d", a -> a.maxUnpool2d(Tensor.of(of(0, 3, 9, 15), 1, 2, 2), 4, 4)),
        row("maxUnpool3d", a -> a.maxUnpool3d(Tensor.of(of(3, 13), 1, 1, 1, 2), 2, 2, 4)));
  }

  private static Family means() {
    return family(
        "avgPool",
        row("avgPool1d", a -> a.avgPool1d(2)),
        row("avgPool1d-padding", a -> a.avgPool1d(of(3), of(2), of(1), false, true)),
        row("avgPool1d-exclude", a -> a.avgPool1d(of(3), of(2), of(1), true, false)),
        row("avgPool1d-far", a -> a.avgPool1d(of(2), of(3), of(0), false, true)),
        row("avgPool2d", a -> a.avgPool2d(2)),
        row("avgPool2d-unbatched", a -> a.avgPool2d(of(3), of(1), of(1), false, true, 0)),
        row("avgPool2d-unlike", a -> a.avgPool2d(of(3, 2), of(2, 1), of(1, 1), false, true, 0)),
        row("avgPool2d-ceil", a -> a.avgPool2d(of(3), of(2), of(1), true, true, 0)),
        row("avgPool2d-ceil-exclude", a -> a.avgPool2d(of(3), of(2), of(1), true, false, 0)),
        row("avgPool2d-divisor", a -> a.avgPool2d(of(2), of(2), of(1), false, true, 3)),
        row("avgPool2d-empty", a -> a.avgPool2d(2)),
        row("avgPool3d", a -> a.avgPool3d(2)),
        row("avgPool3d-ceil", a -> a.avgPool3d(of(2), of(2), of(1), true, false, 0)),
        row("avgPool3d-divisor", a -> a.avgPool3d(of(2), of(1), of(0), false, true, 5)),
        row("adaptiveAvgPool1d", a -> a.adaptiveAvgPool1d(3)),
        row("adaptiveAvgPool2d", a -> a.adaptiveAvgPool2d(3, 4)),
        row("adaptiveAvgPool2d-one", a -> a.adaptiveAvgPool2d(1)),
        row("adaptiveAvgPool2d-more", a -> a.adaptiveAvgPool2d(4, -1)),
        row("adaptiveAvgPool3d", a -> a.adaptiveAvgPool3d(2, 1, 3)));
  }
}
