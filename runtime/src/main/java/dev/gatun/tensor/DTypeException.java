package dev.gatun.tensor;

/// Element types that do not fit an operation: a programming error. The message names the
/// operation, the operands' dtypes in order and the conversion that mends it.
public final class DTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// @param message one line, `<operation>: <what is wrong>: <operands>; <what to do>`
  public DTypeException(String message) {
    super(message);
  }
}
