package dev.gatun.nn.optim;

import dev.gatun.tensor.Tensor;
import java.util.function.DoubleFunction;

/// A search along a line for a point that meets the strong Wolfe conditions (Nocedal and Wright,
/// "Numerical Optimization", algorithms 3.5 and 3.6), as PyTorch's `_strong_wolfe`.
final class StrongWolfe {
  private static final double ARMIJO = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final double SMALLEST = 1e-9;
  private static final int MOST = 25;

  /// A place on the line.
  ///
  /// @param t how far along
  /// @param loss there
  /// @param slope of the loss along the line
  /// @param gradient there
  record Point(double t, double loss, double slope, Tensor gradient) {}

  private final DoubleFunction<Point> line;
  private final Point start;
  private final double longest;
  private int iterations;
  private int evaluations;

  /// @param longest the largest element of the direction
  StrongWolfe(DoubleFunction<Point> line, Point start, double longest) {
    this.line = line;
    this.start = start;
    this.longest = longest;
  }

  /// {@return how often the loss was computed}
  int evaluations() {
    return evaluations;
  }

  /// The best point found, beginning at `t`.
  Point search(double t) {
    Point before = start;
    Point now = at(t);
    while (iterations < MOST) {
      if (isTooHigh(now) || (iterations > 1 && now.loss >= before.loss)) {
        return zoom(before, now);
      }
      if (isFlat(now)) {
        return now;
      }
      if (now.slope >= 0) {
        return zoom(before, now);
      }
      double least = now.t + 0.01 * (now.t - before.t);
      double next = lowest(before, now, least, now.t * 10);
      before = now;
      now = at(next);
      iterations++;
    }
    return start.loss <= now.loss ? start : now;
  }

  private Point at(double t) {
    evaluations++;
    return line.apply(t);
  }

  private boolean isTooHigh(Point point) {
    return point.loss > start.loss + ARMIJO * point.t * start.slope;
  }

  private boolean isFlat(Point point) {
    return Math.abs(point.slope) <= -CURVATURE * start.slope;
  }

  private Point zoom(Point first, Point second) {
    Point[] bracket = {first, second};
    int low = first.loss <= second.loss ? 0 : 1;
    boolean done = false;
    boolean stuck = false;
    while (!done
        && iterations < MOST
        && Math.abs(bracket[1].t - bracket[0].t) * longest >= SMALLEST) {
      double left = Math.min(bracket[0].t, bracket[1].t);
      double right = Math.max(bracket[0].t, bracket[1].t);
      double t = lowest(bracket[0], bracket[1], left, right);
      double margin = 0.1 * (right - left);
      boolean near = Math.min(right - t, t - left) < margin;
      if (near && (stuck || t >= right || t <= left)) {
        t = Math.abs(t - right) < Math.abs(t - left) ? right - margin : left + margin;
        stuck = false;
      } else {
        stuck = near;
      }
      Point now = at(t);
      iterations++;
      if (isTooHigh(now) || now.loss >= bracket[low].loss) {
        bracket[1 - low] = now;
        low = bracket[0].loss <= bracket[1].loss ? 0 : 1;
      } else {
        done = isFlat(now);
        if (!done && now.slope * (bracket[1 - low].t - bracket[low].t) >= 0) {
          bracket[1 - low] = bracket[low];
        }
        bracket[low] = now;
      }
    }
    return bracket[low];
  }

  /// Where the cubic through two points and their slopes is lowest, between two bounds.
  private static double lowest(Point a, Point b, double least, double most) {
    double d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t);
    double square = d1 * d1 - a.slope * b.slope;
    if (!(square >= 0)) {
      return (least + most) / 2;
    }
    double d2 = Math.sqrt(square);
    double position =
        a.t <= b.t
            ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
            : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
    return Math.min(Math.max(position, least), most);
  }
}
