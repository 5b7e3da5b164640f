package dev.gatun.nn;

import static dev.gatun.nn.ModuleRow.row;

import dev.gatun.tensor.InterpolateMode;
import java.util.List;

/// Padding, resampling and shuffling.
final class VisionModules {
  private VisionModules() {}

  static List<ModuleRow> rows() {
    return List.of(
        row("PixelShuffle", _ -> new PixelShuffle(2)),
        row("PixelUnshuffle", _ -> new PixelUnshuffle(2)),
        row("ChannelShuffle", _ -> new ChannelShuffle(2)),
        row("Upsample", _ -> new Upsample(InterpolateOptions.ofScale(2))),
        row(
            "Upsample-size",
            _ -> new Upsample(InterpolateOptions.ofSize(3, 5).mode(InterpolateMode.BILINEAR))),
        row(
            "Upsample-corners",
            _ ->
                new Upsample(
                    InterpolateOptions.ofScale(2, 1.5)
                        .mode(InterpolateMode.BILINEAR)
                        .alignCorners(true))),
        row(
            "Upsample-nearest-exact",
            _ -> new Upsample(InterpolateOptions.ofSize(7).mode(InterpolateMode.NEAREST_EXACT))),
        row(
            "Upsample-bicubic",
            _ -> new Upsample(InterpolateOptions.ofScale(1.5).mode(InterpolateMode.BICUBIC))),
        row("ZeroPad2d", _ -> new ZeroPad2d(1)),
        row("ZeroPad2d-sides", _ -> new ZeroPad2d(1, 2, 0, -1)),
        row("ConstantPad1d", _ -> new ConstantPad1d(3.5, 2)),
        row("ConstantPad2d", _ -> new ConstantPad2d(-1, 1, 0, 2, 1)),
        row("ConstantPad3d", _ -> new ConstantPad3d(0.5, 1, 0, 0, 1, 1, 0)),
        row("ReflectionPad1d", _ -> new ReflectionPad1d(2)),
        row("ReflectionPad2d", _ -> new ReflectionPad2d(1, 2, 0, 1)),
        row("ReflectionPad3d", _ -> new ReflectionPad3d(1, 0, 1, 0, 0, 1)),
        row("ReplicationPad1d", _ -> new ReplicationPad1d(1, 3)),
        row("ReplicationPad2d", _ -> new ReplicationPad2d(1)),
        row("ReplicationPad3d", _ -> new ReplicationPad3d(1, 0, 1, 0, 0, 1)));
  }
}
