package dev.gatun.nn;

import java.util.List;

/// What did not match when a state was loaded.
///
/// @param missing names the module has and the state has not
/// @param unexpected names the state has and the module has not
public record IncompatibleKeys(List<String> missing, List<String> unexpected) {
  /// Copies the lists.
  public IncompatibleKeys {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
  }
}
