package dev.gatun.natives;

import org.jspecify.annotations.Nullable;

/// A native library that was asked for cannot be loaded. The message is one line and says what to
/// do.
public final class NativeLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An exception without a cause.
  ///
  /// @param message one line: what failed, and what to do
  public NativeLibraryException(String message) {
    this(message, null);
  }

  /// An exception with a cause.
  ///
  /// @param message one line: what failed, and what to do
  /// @param cause what it came from, or null
  public NativeLibraryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
