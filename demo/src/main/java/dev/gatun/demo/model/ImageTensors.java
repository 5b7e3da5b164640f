package dev.gatun.demo.model;

import dev.gatun.demo.data.LabeledImages;
import dev.gatun.memory.DType;
import dev.gatun.memory.Scope;
import dev.gatun.tensor.Tensor;

/// Images as a network takes them: F32, each image one row.
///
/// @param images `[n, rows * columns]`
/// @param labels `[n]`, I64
public record ImageTensors(Tensor images, Tensor labels) {
  private static final double WHITE = 255;

  /// Copies images and labels into the current scope.
  ///
  /// @param source pixels and labels
  /// @param normalization what to do to the pixels
  /// @return the tensors
  public static ImageTensors of(LabeledImages source, Normalization normalization) {
    try (var _ = Scope.open("images")) {
      Tensor pixels = Tensor.of(source.pixels(), source.count(), source.imageSize());
      Tensor labels = Tensor.of(source.labels(), source.count());
      Tensor images = normalization.apply(fromPixels(pixels));
      return new ImageTensors(images.keep(), labels.to(DType.I64).keep());
    }
  }

  /// Bytes as numbers from 0 for paper to 1 for ink; the result belongs to the current scope.
  ///
  /// @param pixels U8 of any shape
  /// @return F32 of that shape
  public static Tensor fromPixels(Tensor pixels) {
    return pixels.to(DType.F32).div_(WHITE);
  }
}
