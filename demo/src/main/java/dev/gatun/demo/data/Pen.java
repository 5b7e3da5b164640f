package dev.gatun.demo.data;

import java.util.ArrayList;
import java.util.List;

/// The path of a pen: a list of strokes, each a run of points joined by straight lines.
///
/// Coordinates are those of a digit's box: x grows to the right and y downwards, both 0 to 1.
final class Pen {
  private static final int ARC_STEP_DEGREES = 15;

  private final List<List<Point>> strokes = new ArrayList<>();

  /// A place in the box.
  record Point(double x, double y) {}

  /// Puts the pen down at a point: a new stroke begins.
  Pen down(double x, double y) {
    strokes.add(new ArrayList<>());
    return to(x, y);
  }

  /// Draws a straight line.
  Pen to(double x, double y) {
    strokes.getLast().add(new Point(x, y));
    return this;
  }

  /// Draws a line to where the arc begins, and the arc: 0° is to the right, 90° below.
  Pen arc(double centerX, double centerY, double radiusX, double radiusY, int from, int until) {
    int steps = Math.max(1, Math.abs(until - from) / ARC_STEP_DEGREES);
    for (int step = 0; step <= steps; step++) {
      // StrictMath, so that the same digits are drawn on every machine.
      double angle = StrictMath.toRadians(from + (until - from) * (double) step / steps);
      to(centerX + radiusX * StrictMath.cos(angle), centerY + radiusY * StrictMath.sin(angle));
    }
    return this;
  }

  /// {@return what was drawn, stroke by stroke}
  List<List<Point>> strokes() {
    return strokes;
  }
}
