package dev.gatun.bench;

import dev.gatun.backend.Backends;
import org.openjdk.jmh.annotations.Param;

/// A benchmark that runs on each backend. A backend is chosen once for a process, so the name must
/// reach it before any other class of Gatun is initialized: subclasses have no static tensors.
public abstract class BackendBenchmark extends CheckedBenchmark {
  /// What computes.
  @Param({"openblas", "vector", "scalar"})
  public String backend = "";

  @Override
  public void setup() {
    System.setProperty("gatun.backend", backend);
    String current = Backends.current().name();
    if (!current.equalsIgnoreCase(backend)) {
      throw new IllegalStateException(
          "benchmark: the backend was chosen too early: %s (asked for %s)"
              .formatted(current, backend));
    }
    super.setup();
  }
}
