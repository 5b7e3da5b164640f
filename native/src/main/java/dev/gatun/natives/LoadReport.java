package dev.gatun.natives;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The outcome of a search for OpenBLAS: the library that was loaded, if any, and the candidates
/// that came before it and were not taken.
///
/// @param library the loaded library, or null when none was found
/// @param rejected the candidates that were not taken, in the order of the search
public record LoadReport(@Nullable NativeLibrary library, List<Rejected> rejected) {

  /// Copies the list.
  public LoadReport {
    rejected = List.copyOf(rejected);
  }

  /// Whether a library was loaded.
  ///
  /// @return true when [#library()] is not null
  public boolean isLoaded() {
    return library != null;
  }

  /// One line: the library, or why there is none.
  @Override
  public String toString() {
    String tried = rejected.stream().map(Rejected::toString).collect(Collectors.joining(", "));
    if (library == null) {
      return "openblas: library not found; tried -Dgatun.openblas (unset), " + tried;
    }
    return rejected.isEmpty() ? library.toString() : library + "; not taken: " + tried;
  }
}
