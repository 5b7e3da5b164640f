package dev.gatun.demo.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/// Tells ink from paper: dark on light or light on dark, whatever the colors.
final class InkExtractor {
  /// Differences of brightness below this are paper, out of 255.
  private static final double FAINTEST = 12;

  private InkExtractor() {}

  /// Measures how much each pixel differs from the paper, in the ink's direction.
  ///
  /// @param picture the picture
  /// @return for each pixel, row by row, 0 for paper to 1 for the strongest ink; empty where the
  ///   picture holds nothing but paper
  static double[] extract(BufferedImage picture) {
    double[] brightness = brightness(picture);
    double paper = medianOfBorder(brightness, picture.getWidth(), picture.getHeight());
    double darkest = Arrays.stream(brightness).min().orElse(paper);
    double brightest = Arrays.stream(brightness).max().orElse(paper);
    boolean darkInk = paper - darkest > brightest - paper;
    double strongest = darkInk ? paper - darkest : brightest - paper;
    if (strongest < FAINTEST) {
      return new double[0];
    }
    for (int i = 0; i < brightness.length; i++) {
      double ink = darkInk ? paper - brightness[i] : brightness[i] - paper;
      brightness[i] = ink < FAINTEST ? 0 : ink / strongest;
    }
    return brightness;
  }

  /// What is transparent shows the paper behind it: white, or black where the picture itself is
  /// light.
  private static double[] brightness(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] colors = picture.getRGB(0, 0, width, height, null, 0, width);
    double light = 0;
    double opacity = 1e-9;
    for (int color : colors) {
      light += luma(color) * (color >>> 24);
      opacity += color >>> 24;
    }
    double behind = light / opacity > 127.5 ? 0 : 255;
    double[] brightness = new double[colors.length];
    for (int i = 0; i < colors.length; i++) {
      double alpha = (colors[i] >>> 24) / 255.0;
      brightness[i] = alpha * luma(colors[i]) + (1 - alpha) * behind;
    }
    return brightness;
  }

  private static double luma(int rgb) {
    return 0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
  }

  private static double medianOfBorder(double[] brightness, int width, int height) {
    double[] border = new double[2 * (width + height)];
    for (int x = 0; x < width; x++) {
      border[2 * x] = brightness[x];
      border[2 * x + 1] = brightness[(height - 1) * width + x];
    }
    for (int y = 0; y < height; y++) {
      border[2 * width + 2 * y] = brightness[y * width];
      border[2 * width + 2 * y + 1] = brightness[y * width + width - 1];
    }
    Arrays.sort(border);
    return border[border.length / 2];
  }
}
