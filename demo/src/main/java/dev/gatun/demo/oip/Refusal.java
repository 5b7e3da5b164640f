package dev.gatun.demo.oip;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import org.jspecify.annotations.Nullable;

/// A request that gets no answer but a status and one line that says why.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status the HTTP status
  /// @param message one line, `<operation>: <what is wrong>: <values>`
  public Refusal(int status, String message) {
    // What is wrong is in the request: a stack trace would only cost time.
    super(message, null, false, false);
    this.status = status;
  }

  /// {@return the HTTP status}
  public int status() {
    return status;
  }

  /// What a client did wrong.
  ///
  /// @param format the line, as of [String#format]
  /// @param values what goes into it
  /// @return a refusal with status 400
  @FormatMethod
  static Refusal of(@FormatString String format, @Nullable Object... values) {
    return new Refusal(400, "infer: " + format.formatted(values));
  }
}
