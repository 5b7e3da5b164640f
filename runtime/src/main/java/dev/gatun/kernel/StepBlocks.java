package dev.gatun.kernel;

/// A block of each operand of an optimizer's step, copied to heap arrays where the first-level
/// cache keeps them, and the operations that steps are made of. Operands are told by their number;
/// the numbers after the last one are temporaries.
///
/// Each operation is a plain loop over arrays, which the compiler turns into vectors by itself: a
/// step goes over memory once, however many operations it is made of. Each rounds as an operation
/// on tensors would.
public abstract sealed class StepBlocks permits F32StepBlocks, F64StepBlocks {
  /// Elements of this block.
  int n;

  /// `y = x`
  ///
  /// @param y is changed
  /// @param x is read
  public abstract void copy(int y, int x);

  /// `y = s`
  ///
  /// @param y is changed
  /// @param s a number
  public abstract void fill(int y, double s);

  /// `y = s y`
  ///
  /// @param y is changed
  /// @param s a number
  public abstract void scale(int y, double s);

  /// `y = y + s`
  ///
  /// @param y is changed
  /// @param s a number
  public abstract void shift(int y, double s);

  /// `y = y + s x`
  ///
  /// @param y is changed
  /// @param x is read
  /// @param s a number
  public abstract void add(int y, int x, double s);

  /// `y = x y`
  ///
  /// @param y is changed
  /// @param x is read
  public abstract void multiply(int y, int x);

  /// `y = y / x`
  ///
  /// @param y is changed
  /// @param x is read
  public abstract void divide(int y, int x);

  /// `y = y + s a b`
  ///
  /// @param y is changed
  /// @param a is read
  /// @param b is read
  /// @param s a number
  public abstract void addProduct(int y, int a, int b, double s);

  /// `y = y + s a / b`
  ///
  /// @param y is changed
  /// @param a is read
  /// @param b is read
  /// @param s a number
  public abstract void addQuotient(int y, int a, int b, double s);

  /// `y = √y`
  ///
  /// @param y is changed
  public abstract void sqrt(int y);

  /// `y = |y|`
  ///
  /// @param y is changed
  public abstract void abs(int y);

  /// `y = max(x, y)`, NaN where one is
  ///
  /// @param y is changed
  /// @param x is read
  public abstract void max(int y, int x);

  /// `y = min(max(y, low), high)`
  ///
  /// @param y is changed
  /// @param low the least
  /// @param high the largest
  public abstract void clamp(int y, double low, double high);

  /// `y = -1, 0 or 1`, NaN where it was
  ///
  /// @param y is changed
  public abstract void sign(int y);

  /// `y = x < 0 ? below : x > 0 ? above : x == 0 ? otherwise : NaN`
  ///
  /// @param y is changed
  /// @param x is read
  /// @param below where negative
  /// @param above where positive
  /// @param otherwise where zero
  public abstract void choose(int y, int x, double below, double above, double otherwise);

  /// `y = x == s ? 0 : y`
  ///
  /// @param y is changed
  /// @param x is read
  /// @param s a number
  public abstract void clearWhere(int y, int x, double s);

  /// What an optimizer descends along: `y = ±g + decay p`, with `p` operand 0 and `g` operand 1.
  ///
  /// @param y is changed
  /// @param maximize whether the gradient counts as negative
  /// @param decay share of the parameter that is added to its gradient
  public final void descent(int y, boolean maximize, double decay) {
    copy(y, 1);
    if (maximize) {
      scale(y, -1);
    }
    if (decay != 0) {
      add(y, 0, decay);
    }
  }
}
