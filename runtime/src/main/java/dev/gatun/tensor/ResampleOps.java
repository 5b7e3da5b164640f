package dev.gatun.tensor;

/// Images and signals, `[N, C, *]`, at another resolution, and channels in another order. Results
/// belong to the current scope.
public sealed interface ResampleOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// This at the resolution `size`; F32 and F64, BF16 and F16 are computed in F32.
  ///
  /// Output `o` of `n` looks at `(o + ½) size / n - ½`, or at `o (size - 1) / (n - 1)` where the
  /// corners are aligned; [InterpolateMode#NEAREST] at `⌊o size / n⌋`.
  ///
  /// @param size of the result: one number for all dimensions after the second, or one for each
  /// @param mode what stands between elements
  /// @param alignCorners whether the outermost elements stay where they are, of linear and cubic
  ///   modes
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor interpolate(long[] size, InterpolateMode mode, boolean alignCorners) {
    ResampleArguments to = ResampleArguments.ofSize(self(), size, mode, alignCorners);
    return to.apply(self());
  }

  /// This at `scaleFactor` times its resolution, rounded down; see [#interpolate(long[],
  /// InterpolateMode, boolean)].
  ///
  /// @param scaleFactor one number for all dimensions after the second, or one for each
  /// @param mode what stands between elements
  /// @param alignCorners whether the outermost elements stay where they are
  /// @param recomputeScaleFactor whether positions are found from the sizes, and not from the
  ///   factor itself
  /// @return a new tensor
  /// @throws ShapeException if the shape does not fit
  default Tensor interpolate(
      double[] scaleFactor,
      InterpolateMode mode,
      boolean alignCorners,
      boolean recomputeScaleFactor) {
    ResampleArguments to =
        ResampleArguments.ofScale(self(), scaleFactor, mode, alignCorners, recomputeScaleFactor);
    return to.apply(self());
  }

  /// Elements of `r²` channels as squares of `r` by `r` pixels of one (Shi et al.,
  /// arXiv:1609.05158); any dtype.
  ///
  /// @param upscaleFactor `r`
  /// @return `[*, C, H r, W r]` of `[*, C r², H, W]`
  /// @throws ShapeException if the shape does not fit
  default Tensor pixelShuffle(long upscaleFactor) {
    return Channels.pixelShuffle(self(), upscaleFactor);
  }

  /// Squares of `r` by `r` pixels as elements of `r²` channels: undoes [#pixelShuffle].
  ///
  /// @param downscaleFactor `r`
  /// @return `[*, C r², H, W]` of `[*, C, H r, W r]`
  /// @throws ShapeException if the shape does not fit
  default Tensor pixelUnshuffle(long downscaleFactor) {
    return Channels.pixelUnshuffle(self(), downscaleFactor);
  }

  /// The channels of all groups in turns: of `[g, C / g]` the transpose (Zhang et al.,
  /// arXiv:1707.01083); any dtype.
  ///
  /// @param groups `g`
  /// @return the shape of this, `[N, C, *]`
  /// @throws ShapeException if the shape does not fit
  default Tensor channelShuffle(long groups) {
    return Channels.channelShuffle(self(), groups);
  }
}
