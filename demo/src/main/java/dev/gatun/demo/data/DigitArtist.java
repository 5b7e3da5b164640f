package dev.gatun.demo.data;

import java.util.Arrays;
import java.util.Random;

/// Draws one digit as a hand would: never the same way twice.
///
/// The strokes are bent, then slanted, stretched, turned and moved, and inked by a pen of some
/// width; the paper is noisy. All of it is drawn from the random numbers that are passed in.
final class DigitArtist {
  /// Width and height of a drawing in pixels.
  static final int SIZE = 28;

  private static final double INK = 255;

  private final Random random;
  private final double[] canvas = new double[SIZE * SIZE];

  // A point (u,v) of the glyph's box, centered, lands on the canvas at the matrix times it.
  private double xx;
  private double xy;
  private double yx;
  private double yy;
  private double left;
  private double top;
  private double bendX;
  private double bendY;
  private double phase;
  private double halfWidth;

  DigitArtist(Random random) {
    this.random = random;
  }

  /// Draws a digit.
  ///
  /// @param digit 0 to 9
  /// @param target where the pixels go
  /// @param offset index of the first of `SIZE * SIZE` bytes
  void draw(int digit, byte[] target, int offset) {
    Arrays.fill(canvas, 0);
    takeUpThePen();
    var ways = Glyphs.waysOfWriting(digit);
    for (var stroke : ways.get(random.nextInt(ways.size())).strokes()) {
      for (int i = 1; i < stroke.size(); i++) {
        line(stroke.get(i - 1), stroke.get(i));
      }
    }
    if (random.nextInt(4) == 0) {
      smudge();
    }
    double contrast = between(0.7, 1);
    double grain = between(0, 0.18);
    for (int i = 0; i < canvas.length; i++) {
      // The sum of three uniform numbers is near enough to a normal one.
      double noise = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
      double ink = contrast * canvas[i] + grain * noise;
      target[offset + i] = (byte) Math.round(INK * Math.clamp(ink, 0.0, 1.0));
    }
  }

  private void takeUpThePen() {
    double turn = between(-0.3, 0.3);
    double slant = between(-0.35, 0.35);
    double height = between(15, 22);
    double width = height * between(0.5, 0.9);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    xx = width * cos;
    xy = height * (slant * cos - sin);
    yx = width * sin;
    yy = height * (slant * sin + cos);
    left = SIZE / 2.0 + between(-2.5, 2.5);
    top = SIZE / 2.0 + between(-2.5, 2.5);
    bendX = between(-0.08, 0.08);
    bendY = between(-0.08, 0.08);
    phase = between(0, 2 * Math.PI);
    halfWidth = between(0.7, 1.7);
  }

  private void line(Pen.Point from, Pen.Point to) {
    double[] a = place(from);
    double[] b = place(to);
    ink(a[0], a[1], b[0], b[1]);
  }

  private double[] place(Pen.Point point) {
    double u = point.x() - 0.5 + bendX * StrictMath.sin(phase + 6 * point.y());
    double v = point.y() - 0.5 + bendY * StrictMath.sin(phase + 5 * point.x());
    return new double[] {left + xx * u + xy * v, top + yx * u + yy * v};
  }

  /// A stray line somewhere, as the edge of another digit or a slip of the pen leaves it.
  private void smudge() {
    double x = between(0, SIZE);
    double y = between(0, SIZE);
    halfWidth = between(0.5, 1);
    ink(x, y, x + between(-5, 5), y + between(-5, 5));
  }

  /// Inks all pixels near a line; the edge is soft, one pixel wide.
  private void ink(double ax, double ay, double bx, double by) {
    int reach = (int) Math.ceil(halfWidth + 1);
    int firstRow = Math.max(0, (int) Math.floor(Math.min(ay, by)) - reach);
    int lastRow = Math.min(SIZE - 1, (int) Math.ceil(Math.max(ay, by)) + reach);
    int firstColumn = Math.max(0, (int) Math.floor(Math.min(ax, bx)) - reach);
    int lastColumn = Math.min(SIZE - 1, (int) Math.ceil(Math.max(ax, bx)) + reach);
    double dx = bx - ax;
    double dy = by - ay;
    double lengthSquared = Math.max(dx * dx + dy * dy, 1e-12);
    for (int row = firstRow; row <= lastRow; row++) {
      for (int column = firstColumn; column <= lastColumn; column++) {
        double px = column + 0.5 - ax;
        double py = row + 0.5 - ay;
        double along = Math.clamp((px * dx + py * dy) / lengthSquared, 0.0, 1.0);
        double offX = px - along * dx;
        double offY = py - along * dy;
        double distance = Math.sqrt(offX * offX + offY * offY);
        double cover = Math.clamp(halfWidth + 0.5 - distance, 0.0, 1.0);
        int pixel = row * SIZE + column;
        canvas[pixel] = Math.max(canvas[pixel], cover);
      }
    }
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
