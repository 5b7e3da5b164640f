package dev.gatun.demo.data;

import java.util.Arrays;

/// Gray images of one size and what each of them shows.
///
/// Pixels are unsigned bytes, 0 for paper and 255 for ink, image after image, row after row.
public final class LabeledImages {
  private final int rows;
  private final int columns;
  private final byte[] pixels;
  private final byte[] labels;

  /// Takes the arrays as they are, without a copy.
  ///
  /// @param rows height of an image in pixels
  /// @param columns width of an image in pixels
  /// @param pixels all images, `labels.length * rows * columns` bytes
  /// @param labels one class for each image, unsigned
  public LabeledImages(int rows, int columns, byte[] pixels, byte[] labels) {
    if (pixels.length != labels.length * rows * columns) {
      throw new IllegalArgumentException(
          "images: pixels do not match labels: %d bytes for %d images of %dx%d"
              .formatted(pixels.length, labels.length, rows, columns));
    }
    this.rows = rows;
    this.columns = columns;
    this.pixels = pixels;
    this.labels = labels;
  }

  /// {@return the number of images}
  public int count() {
    return labels.length;
  }

  /// {@return the height of an image in pixels}
  public int rows() {
    return rows;
  }

  /// {@return the width of an image in pixels}
  public int columns() {
    return columns;
  }

  /// {@return the number of pixels of one image}
  public int imageSize() {
    return rows * columns;
  }

  /// {@return all images; the array itself, not a copy}
  public byte[] pixels() {
    return pixels;
  }

  /// {@return all labels; the array itself, not a copy}
  public byte[] labels() {
    return labels;
  }

  /// {@return one more than the largest label, 0 where there are no images}
  public int classes() {
    int largest = -1;
    for (byte label : labels) {
      largest = Math.max(largest, Byte.toUnsignedInt(label));
    }
    return largest + 1;
  }

  /// Copies a run of consecutive images.
  ///
  /// @param from index of the first image
  /// @param to index after the last image
  /// @return those images with their labels
  public LabeledImages slice(int from, int to) {
    int size = imageSize();
    return new LabeledImages(
        rows,
        columns,
        Arrays.copyOfRange(pixels, from * size, to * size),
        Arrays.copyOfRange(labels, from, to));
  }
}
