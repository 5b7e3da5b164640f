package dev.gatun.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A file of tensors is damaged, or holds what this library has no type for. The message is one
/// line that names the file and, where one is to blame, the tensor.
public final class TensorFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  TensorFormatException(String message) {
    this(message, null);
  }

  TensorFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The line. Never null.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
