package dev.gatun.kernel;

/// The derivative of a function of up to three straight pieces.
///
/// @param low where the first piece ends
/// @param high where the last piece starts
/// @param open whether the outer pieces have the bounds; they are the inner one's otherwise
/// @param below slope of the first piece
/// @param between slope of the one in the middle, and at NaN
/// @param above slope of the last piece
public record Slopes(
    double low, double high, boolean open, double below, double between, double above) {

  /// Slope 1 above `high`, `rest` elsewhere.
  ///
  /// @param high the largest operand with the slope `rest`
  /// @param rest the slope up to there
  /// @return the pieces
  public static Slopes above(double high, double rest) {
    return new Slopes(Double.NEGATIVE_INFINITY, high, false, rest, rest, 1);
  }

  /// One slope between two bounds, 0 at and beyond them.
  ///
  /// @param low the lower bound
  /// @param high the higher bound
  /// @param slope the slope between them
  /// @return the pieces
  public static Slopes inside(double low, double high, double slope) {
    return new Slopes(low, high, true, 0, slope, 0);
  }

  /// Slope 0 from `-bound` to `bound`, 1 beyond.
  ///
  /// @param bound half the width of the flat piece
  /// @return the pieces
  public static Slopes outside(double bound) {
    return new Slopes(-bound, bound, false, 1, 0, 1);
  }

  double lowest() {
    return open ? Math.nextUp(low) : low;
  }

  double highest() {
    return open ? Math.nextDown(high) : high;
  }

  float lowestFloat() {
    return open ? Math.nextUp((float) low) : (float) low;
  }

  float highestFloat() {
    return open ? Math.nextDown((float) high) : (float) high;
  }
}
