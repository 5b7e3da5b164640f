package dev.gatun.tensor;

import static dev.gatun.tensor.InterpolateMode.AREA;
import static dev.gatun.tensor.InterpolateMode.BICUBIC;
import static dev.gatun.tensor.InterpolateMode.BILINEAR;
import static dev.gatun.tensor.InterpolateMode.LINEAR;
import static dev.gatun.tensor.InterpolateMode.NEAREST;
import static dev.gatun.tensor.InterpolateMode.NEAREST_EXACT;
import static dev.gatun.tensor.InterpolateMode.TRILINEAR;
import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import dev.gatun.tensor.OpCatalog.Row;
import java.util.List;

/// Rows of [ResampleOps].
final class ResampleRows {
  private ResampleRows() {}

  static List<Family> families() {
    return List.of(
        family(
            "interpolate",
            size("nearest", NEAREST, false, 5),
            size("nearest-2d", NEAREST, false, 5, 3),
            scale("nearest-scale", NEAREST, false, 2),
            scale("nearest-scale-fraction", NEAREST, false, 1.7),
            size("nearest-3d", NEAREST, false, 2, 3, 4),
            size("nearestExact", NEAREST_EXACT, false, 7),
            size("nearestExact-2d", NEAREST_EXACT, false, 3, 5),
            size("linear", LINEAR, false, 7),
            size("linear-corners", LINEAR, true, 7),
            size("bilinear", BILINEAR, false, 5, 7),
            size("bilinear-corners", BILINEAR, true, 5, 7),
            size("bilinear-down", BILINEAR, false, 2, 3),
            scale("bilinear-scale", BILINEAR, false, 1.5, 2),
            scale("bilinear-recompute", BILINEAR, true, 1.6),
            size("bilinear-one", BILINEAR, true, 1, 4),
            size("trilinear", TRILINEAR, false, 2, 5, 3),
            size("bicubic", BICUBIC, false, 5, 7),
            size("bicubic-corners", BICUBIC, true, 5, 7),
            scale("bicubic-scale", BICUBIC, false, 0.6),
            size("area", AREA, false, 2, 3)),
        family(
            "channels",
            row("pixelShuffle", a -> a.pixelShuffle(2)),
            row("pixelShuffle-unbatched", a -> a.pixelShuffle(2)),
            row("pixelUnshuffle", a -> a.pixelUnshuffle(2)),
            row("channelShuffle", a -> a.channelShuffle(3))));
  }

  private static Row size(String name, InterpolateMode mode, boolean corners, long... size) {
    return row("interpolate-" + name, a -> a.interpolate(size, mode, corners));
  }

  private static Row scale(String name, InterpolateMode mode, boolean recompute, double... by) {
    return row("interpolate-" + name, a -> a.interpolate(by, mode, false, recompute));
  }
}
