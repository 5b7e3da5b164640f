package dev.gatun.nn;

import dev.gatun.tensor.InterpolateMode;
import dev.gatun.tensor.PadMode;
import dev.gatun.tensor.Tensor;

/// The padding and resampling of images of [F].
abstract sealed class VisionFunctions extends AttentionFunctions permits ConvolutionFunctions {
  VisionFunctions() {}

  /// Signals and images at another resolution; see [InterpolateOptions] and
  /// [dev.gatun.tensor.InterpolateMode].
  ///
  /// @param x `[N, C, *]` with one to three more dimensions
  /// @param options size or factor, and mode
  /// @return `[N, C, *]`
  public static Tensor interpolate(Tensor x, InterpolateOptions options) {
    return options.size().isEmpty()
        ? x.interpolate(
            options.factors(),
            options.mode(),
            options.alignCorners(),
            options.recomputeScaleFactor())
        : x.interpolate(Sizes.array(options.size()), options.mode(), options.alignCorners());
  }

  /// As [#gridSample(Tensor, Tensor, InterpolateMode, PaddingMode, boolean)], on straight lines
  /// between elements, with zeros outside, where -1 and 1 are the edges.
  ///
  /// @param x `[N, C, H, W]` or `[N, C, D, H, W]`
  /// @param grid `[N, h, w, 2]` or `[N, d, h, w, 3]`
  /// @return `[N, C, h, w]` or `[N, C, d, h, w]`
  public static Tensor gridSample(Tensor x, Tensor grid) {
    return gridSample(x, grid, InterpolateMode.BILINEAR, PaddingMode.ZEROS, false);
  }

  /// Images at the positions of a grid, which are -1 to 1 from one end to the other and say the
  /// last dimension of the image first.
  ///
  /// @param x `[N, C, H, W]` or `[N, C, D, H, W]`, F32 or F64
  /// @param grid `[N, h, w, 2]` or `[N, d, h, w, 3]`, of the same dtype
  /// @param mode `NEAREST`, `BILINEAR` (of three dimensions too) or `BICUBIC` (of two)
  /// @param padding what is outside: `ZEROS`; `REPLICATE`, PyTorch's `border`; or `REFLECT`
  /// @param alignCorners whether -1 and 1 are the middles of the outermost elements, not their
  ///   edges
  /// @return `[N, C, h, w]` or `[N, C, d, h, w]`; no gradient reaches the grid of `NEAREST`
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public static Tensor gridSample(
      Tensor x, Tensor grid, InterpolateMode mode, PaddingMode padding, boolean alignCorners) {
    return new GridSampling(mode, padding, alignCorners).sample(x, grid);
  }

  /// The grid of an affine map for [#gridSample(Tensor, Tensor)].
  ///
  /// @param theta the maps, `[N, 2, 3]` or `[N, 3, 4]`
  /// @param size of the result, `[N, C, H, W]` or `[N, C, D, H, W]`
  /// @param alignCorners whether -1 and 1 are the middles of the outermost elements, not their
  ///   edges
  /// @return `[N, H, W, 2]` or `[N, D, H, W, 3]`
  /// @throws dev.gatun.tensor.ShapeException if the shapes do not fit
  public static Tensor affineGrid(Tensor theta, long[] size, boolean alignCorners) {
    return GridSampling.affine(theta, size, alignCorners);
  }

  /// Elements of `r²` channels as squares of `r` by `r` pixels of one.
  ///
  /// @param x `[*, C r², H, W]`
  /// @param upscaleFactor `r`
  /// @return `[*, C, H r, W r]`
  public static Tensor pixelShuffle(Tensor x, long upscaleFactor) {
    return x.pixelShuffle(upscaleFactor);
  }

  /// Squares of `r` by `r` pixels as elements of `r²` channels.
  ///
  /// @param x `[*, C, H r, W r]`
  /// @param downscaleFactor `r`
  /// @return `[*, C r², H, W]`
  public static Tensor pixelUnshuffle(Tensor x, long downscaleFactor) {
    return x.pixelUnshuffle(downscaleFactor);
  }

  /// The channels of all groups in turns.
  ///
  /// @param x `[N, C, *]`
  /// @param groups how many groups the channels are cut in
  /// @return the shape of `x`
  public static Tensor channelShuffle(Tensor x, long groups) {
    return x.channelShuffle(groups);
  }

  /// Zeros around the last dimensions.
  ///
  /// @param x any shape
  /// @param padding before and after, in pairs, the last dimension first; less than 0 takes away
  /// @return a larger tensor
  public static Tensor pad(Tensor x, long... padding) {
    return x.pad(padding);
  }

  /// Something around the last dimensions.
  ///
  /// @param x any shape
  /// @param mode what is added
  /// @param padding before and after, in pairs, the last dimension first
  /// @return a larger tensor
  public static Tensor pad(Tensor x, PadMode mode, long... padding) {
    return x.pad(mode, padding);
  }

  /// One value around the last dimensions.
  ///
  /// @param x any shape
  /// @param value what is added
  /// @param padding before and after, in pairs, the last dimension first; less than 0 takes away
  /// @return a larger tensor
  public static Tensor padWith(Tensor x, double value, long... padding) {
    return x.padWith(value, padding);
  }
}
