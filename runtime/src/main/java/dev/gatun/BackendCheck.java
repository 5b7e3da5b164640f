package dev.gatun;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import java.util.regex.Pattern;

/// What computes matrix products.
final class BackendCheck {
  private static final Pattern FIX = Pattern.compile("; (?=(?:start|pass|set|install|add) )");

  private BackendCheck() {}

  static Finding here() {
    Backend runs;
    try {
      runs = Backends.current();
    } catch (IllegalStateException e) {
      return none(String.valueOf(e.getMessage()));
    }
    return of(runs, Backends.reason(runs), Advice.forcedBySystem());
  }

  /// Messages end with what to do, or else the property is what is wrong.
  static Finding none(String message) {
    String[] parts = FIX.split(message.replaceFirst("^backend: ", ""), 2);
    return Finding.problem(
        Subject.BACKEND,
        "none: " + parts[0],
        parts.length == 2 ? parts[1] : "remove -Dgatun.backend or mend it");
  }

  static Finding of(Backend runs, String reason, String forced) {
    String flag = forced.isEmpty() ? "" : ", as -Dgatun.backend says";
    String says = runs == Backend.OPENBLAS ? runs + flag : runs + flag + ": " + reason;
    if (runs != Backend.SCALAR) {
      return Finding.ok(Subject.BACKEND, says);
    }
    return Finding.problem(
        Subject.BACKEND,
        says,
        forced.isEmpty() ? "see openblas and vectors" : "remove -Dgatun.backend=" + forced);
  }
}
