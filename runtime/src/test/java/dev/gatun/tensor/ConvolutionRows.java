package dev.gatun.tensor;

import static dev.gatun.tensor.OpCatalog.family;
import static dev.gatun.tensor.OpCatalog.row;

import dev.gatun.tensor.OpCatalog.Family;
import java.util.List;

/// Rows of [ConvolutionOps].
final class ConvolutionRows {
  private static final ConvOptions PLAIN = ConvOptions.DEFAULT;

  private ConvolutionRows() {}

  static List<Family> families() {
    return List.of(
        conv1d(),
        conv2d(),
        conv3d(),
        convTranspose1d(),
        convTranspose2d(),
        convTranspose3d(),
        im2col(),
        col2im());
  }

  private static Family conv1d() {
    return family(
        "conv1d",
        row("conv1d", (a, w, b) -> a.conv1d(w, b)),
        row("conv1d-nobias", (a, w) -> a.conv1d(w, null)),
        row("conv1d-stride-padding", (a, w, b) -> a.conv1d(w, b, PLAIN.stride(2).padding(1))),
        row("conv1d-dilation", (a, w, b) -> a.conv1d(w, b, PLAIN.dilation(2).padding(3))),
        row("conv1d-groups", (a, w, b) -> a.conv1d(w, b, PLAIN.groups(2))),
        row("conv1d-depthwise", (a, w, b) -> a.conv1d(w, b, PLAIN.groups(3).padding(1))),
        row("conv1d-unbatched", (a, w, b) -> a.conv1d(w, b, PLAIN.padding(1))),
        row("conv1d-pointwise", (a, w, b) -> a.conv1d(w, b)),
        row("conv1d-same", (a, w, b) -> a.conv1d(w, b, PLAIN.same())),
        row("conv1d-valid", (a, w) -> a.conv1d(w, null, PLAIN.valid())),
        row("conv1d-none", (a, w, b) -> a.conv1d(w, b)));
  }

  private static Family conv2d() {
    return family(
        "conv2d",
        row("conv2d", (a, w, b) -> a.conv2d(w, b)),
        row("conv2d-nobias", (a, w) -> a.conv2d(w, null)),
        row("conv2d-padding", (a, w, b) -> a.conv2d(w, b, PLAIN.padding(1))),
        row("conv2d-paddings", (a, w, b) -> a.conv2d(w, b, PLAIN.padding(0, 2))),
        row("conv2d-stride", (a, w, b) -> a.conv2d(w, b, PLAIN.stride(2).padding(1))),
        row("conv2d-strides", (a, w, b) -> a.conv2d(w, b, PLAIN.stride(3, 2).padding(1, 2))),
        row("conv2d-stride-over", (a, w, b) -> a.conv2d(w, b, PLAIN.stride(3))),
        row("conv2d-dilation", (a, w, b) -> a.conv2d(w, b, PLAIN.dilation(2).padding(2))),
        row(
            "conv2d-dilation-stride",
            (a, w, b) -> a.conv2d(w, b, PLAIN.dilation(1, 3).stride(2).padding(2))),
        row("conv2d-groups", (a, w, b) -> a.conv2d(w, b, PLAIN.groups(2).padding(1))),
        row("conv2d-depthwise", (a, w, b) -> a.conv2d(w, b, PLAIN.groups(3).padding(1))),
        row("conv2d-depthwise-several", (a, w, b) -> a.conv2d(w, b, PLAIN.groups(2))),
        row(
            "conv2d-depthwise-stride",
            (a, w, b) -> a.conv2d(w, b, PLAIN.groups(2).stride(2).padding(1))),
        row("conv2d-unbatched", (a, w, b) -> a.conv2d(w, b, PLAIN.padding(1))),
        row("conv2d-pointwise", (a, w, b) -> a.conv2d(w, b)),
        row("conv2d-pointwise-stride", (a, w, b) -> a.conv2d(w, b, PLAIN.stride(2))),
        row("conv2d-pointwise-padding", (a, w, b) -> a.conv2d(w, b, PLAIN.padding(1))),
        row("conv2d-whole", (a, w, b) -> a.conv2d(w, b)),
        row("conv2d-wide-padding", (a, w, b) -> a.conv2d(w, b, PLAIN.padding(3))),
        row("conv2d-same", (a, w, b) -> a.conv2d(w, b, PLAIN.same())),
        row("conv2d-same-dilation", (a, w, b) -> a.conv2d(w, b, PLAIN.same().dilation(3, 2))),
        row("conv2d-none", (a, w, b) -> a.conv2d(w, b, PLAIN.padding(1))));
  }

  private static Family conv3d() {
    return family(
        "conv3d",
        row("conv3d", (a, w, b) -> a.conv3d(w, b)),
        row("conv3d-padding", (a, w, b) -> a.conv3d(w, b, PLAIN.padding(1))),
        row("conv3d-stride", (a, w, b) -> a.conv3d(w, b, PLAIN.stride(1, 2, 2).padding(1, 0, 1))),
        row("conv3d-dilation", (a, w, b) -> a.conv3d(w, b, PLAIN.dilation(2, 1, 2).padding(1))),
        row("conv3d-groups", (a, w) -> a.conv3d(w, null, PLAIN.groups(2))),
        row("conv3d-depthwise", (a, w, b) -> a.conv3d(w, b, PLAIN.groups(2).padding(1))),
        row("conv3d-unbatched", (a, w, b) -> a.conv3d(w, b)),
        row("conv3d-same", (a, w) -> a.conv3d(w, null, PLAIN.same())));
  }

  private static Family convTranspose1d() {
    return family(
        "convTranspose1d",
        row("convTranspose1d", (a, w, b) -> a.convTranspose1d(w, b, PLAIN)),
        row(
            "convTranspose1d-stride",
            (a, w, b) -> a.convTranspose1d(w, b, PLAIN.stride(2).padding(1).outputPadding(1))),
        row(
            "convTranspose1d-groups",
            (a, w, b) -> a.convTranspose1d(w, b, PLAIN.groups(2).stride(3))),
        row("convTranspose1d-unbatched", (a, w) -> a.convTranspose1d(w, null, PLAIN.dilation(2))));
  }

  private static Family convTranspose2d() {
    return family(
        "convTranspose2d",
        row("convTranspose2d", (a, w, b) -> a.convTranspose2d(w, b, PLAIN)),
        row("convTranspose2d-padding", (a, w, b) -> a.convTranspose2d(w, b, PLAIN.padding(1))),
        row("convTranspose2d-wide-padding", (a, w, b) -> a.convTranspose2d(w, b, PLAIN.padding(2))),
        row("convTranspose2d-stride", (a, w, b) -> a.convTranspose2d(w, b, PLAIN.stride(2))),
        row(
            "convTranspose2d-output",
            (a, w, b) ->
                a.convTranspose2d(w, b, PLAIN.stride(2, 3).padding(1).outputPadding(1, 2))),
        row(
            "convTranspose2d-dilation",
            (a, w, b) ->
                a.convTranspose2d(w, b, PLAIN.dilation(2).stride(2).padding(1).outputPadding(1))),
        row(
            "convTranspose2d-groups",
            (a, w, b) -> a.convTranspose2d(w, b, PLAIN.groups(2).stride(2))),
        row(
            "convTranspose2d-depthwise",
            (a, w) -> a.convTranspose2d(w, null, PLAIN.groups(2).stride(2).padding(1))),
        row("convTranspose2d-unbatched", (a, w, b) -> a.convTranspose2d(w, b, PLAIN)),
        row("convTranspose2d-pointwise", (a, w, b) -> a.convTranspose2d(w, b, PLAIN)),
        row("convTranspose2d-none", (a, w, b) -> a.convTranspose2d(w, b, PLAIN.stride(2))));
  }

  private static Family convTranspose3d() {
    return family(
        "convTranspose3d",
        row("convTranspose3d", (a, w, b) -> a.convTranspose3d(w, b, PLAIN)),
        row(
            "convTranspose3d-stride",
            (a, w, b) -> a.convTranspose3d(w, b, PLAIN.stride(2).padding(1).outputPadding(1))),
        row(
            "convTranspose3d-groups",
            (a, w, b) -> a.convTranspose3d(w, b, PLAIN.groups(2).stride(1, 2, 1))));
  }

  private static Family im2col() {
    ConvOptions several = PLAIN.dilation(2, 1).padding(1, 0).stride(2);
    return family(
        "im2col",
        row("im2col", a -> a.im2col(new long[] {2, 2}, PLAIN)),
        row("im2col-options", a -> a.im2col(new long[] {2, 3}, several)),
        row("im2col-unbatched", a -> a.im2col(new long[] {1, 2}, PLAIN.padding(1))),
        row("im2col-none", a -> a.im2col(new long[] {2, 2}, PLAIN)));
  }

  private static Family col2im() {
    ConvOptions several = PLAIN.dilation(2, 1).padding(1, 0).stride(2);
    return family(
        "col2im",
        row("col2im", a -> a.col2im(new long[] {3, 4}, new long[] {2, 2}, PLAIN)),
        row("col2im-options", a -> a.col2im(new long[] {5, 6}, new long[] {2, 3}, several)),
        row("col2im-unbatched", a -> a.col2im(new long[] {3, 3}, new long[] {2, 2}, PLAIN)));
  }
}
