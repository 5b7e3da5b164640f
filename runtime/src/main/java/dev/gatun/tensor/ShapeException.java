package dev.gatun.tensor;

/// Shapes that do not fit an operation: a programming error. The message names the operation, the
/// operands' shapes in order and the sizes that disagree.
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// @param message one line, `<operation>: <what is wrong>: <operands> (<numbers>)`
  public ShapeException(String message) {
    super(message);
  }
}
