package dev.gatun.demo.data;

/// Crops, scales and centers a digit as MNIST's makers did.
final class MnistFrame {
  private static final int SIZE = 28;
  private static final int DIGIT_SIZE = 20;

  /// Weaker ink does not widen the crop: a scanner's dust must not shrink the digit.
  private static final double VISIBLE = 0.2;

  private MnistFrame() {}

  /// Fits a digit into 28×28 pixels: the longer side of what is inked becomes 20 pixels, and the
  /// center of mass comes to the center of the frame.
  ///
  /// @param ink 0 to 1 for each pixel, row by row, with at least one 1
  /// @param width pixels of a row
  /// @param height number of rows
  /// @return 28 × 28 pixels, 0 for paper and 255 for ink
  static byte[] fit(double[] ink, int width, int height) {
    int left = width;
    int right = 0;
    int top = height;
    int bottom = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (ink[y * width + x] >= VISIBLE) {
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    double zoom = Math.max(right - left, bottom - top) / (double) DIGIT_SIZE;
    int columns = Math.max(1, (int) Math.round((right - left) / zoom));
    int rows = Math.max(1, (int) Math.round((bottom - top) / zoom));
    double stepX = (right - left) / (double) columns;
    double stepY = (bottom - top) / (double) rows;
    double[] digit = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double x = left + column * stepX;
        double y = top + row * stepY;
        digit[row * columns + column] = average(ink, width, x, y, x + stepX, y + stepY);
      }
    }
    return center(digit, rows, columns);
  }

  /// The mean over a rectangle whose edges may cut through pixels.
  private static double average(
      double[] ink, int width, double left, double top, double right, double bottom) {
    int lastRow = Math.min(ink.length / width, (int) Math.ceil(bottom)) - 1;
    int lastColumn = Math.min(width, (int) Math.ceil(right)) - 1;
    double sum = 0;
    double area = 0;
    for (int y = (int) top; y <= lastRow; y++) {
      double high = Math.min(y + 1, bottom) - Math.max(y, top);
      for (int x = (int) left; x <= lastColumn; x++) {
        double cover = high * (Math.min(x + 1, right) - Math.max(x, left));
        sum += cover * ink[y * width + x];
        area += cover;
      }
    }
    return area > 0 ? sum / area : 0;
  }

  private static byte[] center(double[] digit, int rows, int columns) {
    double mass = 1e-9;
    double momentX = 0;
    double momentY = 0;
    for (int i = 0; i < digit.length; i++) {
      int row = i / columns;
      int column = i % columns;
      mass += digit[i];
      momentX += digit[i] * (column + 0.5);
      momentY += digit[i] * (row + 0.5);
    }
    int left = (int) Math.round(SIZE / 2.0 - momentX / mass);
    int top = (int) Math.round(SIZE / 2.0 - momentY / mass);
    left = Math.clamp(left, 0, SIZE - columns);
    top = Math.clamp(top, 0, SIZE - rows);
    byte[] frame = new byte[SIZE * SIZE];
    for (int i = 0; i < digit.length; i++) {
      frame[(top + i / columns) * SIZE + left + i % columns] = (byte) Math.round(255 * digit[i]);
    }
    return frame;
  }
}
