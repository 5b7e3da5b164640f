package dev.gatun.tensor;

/// Choices by a condition: static methods of [Tensor].
abstract sealed class ChoiceFactories extends RandomFactories permits TensorFactories {
  ChoiceFactories() {}

  /// `condition ? a : b`, element by element, in the common dtype; all three broadcast.
  ///
  /// @param condition BOOL
  /// @param a taken where true
  /// @param b taken where false
  /// @return a new tensor
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return new Choices.Where().apply(condition, a, b);
  }

  /// As [#where(Tensor, Tensor, Tensor)], with a number.
  ///
  /// @param condition BOOL
  /// @param a taken where true
  /// @param b taken where false
  /// @return a new tensor
  public static Tensor where(Tensor condition, Tensor a, double b) {
    return where(condition, a, Promotion.wrap(a, b));
  }

  /// As [#where(Tensor, Tensor, Tensor)], with a number.
  ///
  /// @param condition BOOL
  /// @param a taken where true
  /// @param b taken where false
  /// @return a new tensor
  public static Tensor where(Tensor condition, double a, Tensor b) {
    return where(condition, Promotion.wrap(b, a), b);
  }

  /// As [#where(Tensor, Tensor, Tensor)], with a number.
  ///
  /// @param condition BOOL
  /// @param a taken where true
  /// @param b taken where false
  /// @return a new tensor
  public static Tensor where(Tensor condition, Tensor a, long b) {
    return where(condition, a, Promotion.wrap(a, b));
  }

  /// As [#where(Tensor, Tensor, Tensor)], with a number.
  ///
  /// @param condition BOOL
  /// @param a taken where true
  /// @param b taken where false
  /// @return a new tensor
  public static Tensor where(Tensor condition, long a, Tensor b) {
    return where(condition, Promotion.wrap(b, a), b);
  }

  /// One of two numbers, as F32.
  ///
  /// @param condition BOOL
  /// @param a taken where true
  /// @param b taken where false
  /// @return a new tensor
  public static Tensor where(Tensor condition, double a, double b) {
    return where(condition, Tensor.scalar(a), Tensor.scalar(b));
  }

  /// One of two whole numbers, as I64.
  ///
  /// @param condition BOOL
  /// @param a taken where true
  /// @param b taken where false
  /// @return a new tensor
  public static Tensor where(Tensor condition, long a, long b) {
    return where(condition, Promotion.scalar(a), Promotion.scalar(b));
  }
}
