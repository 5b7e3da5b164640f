package dev.gatun.kernel;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.testing.Part;
import java.util.List;

/// The backends whose kernels this run tests by name: its own where there is a run for each.
final class TestedBackends {
  private TestedBackends() {}

  static List<Backend> list() {
    return Part.isAll() ? Backends.available() : List.of(Backends.current());
  }
}
