package dev.gatun.bindings;

import dev.gatun.bindings.openblas.Cblas;
import dev.gatun.natives.LoadReport;
import dev.gatun.natives.NativeLibraryException;
import dev.gatun.natives.OpenBlas;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The library of this process, loaded on first use, once, whatever the outcome.
final class Library {
  private static final @Nullable LoadReport REPORT;
  private static final @Nullable NativeLibraryException FAILURE;

  static {
    LoadReport report = null;
    NativeLibraryException failure = null;
    try {
      report = open();
    } catch (NativeLibraryException e) {
      failure = e;
    }
    REPORT = report;
    FAILURE = failure;
  }

  private Library() {}

  static LoadReport report() {
    LoadReport report = REPORT;
    if (report != null) {
      return report;
    }
    NativeLibraryException failure = Objects.requireNonNull(FAILURE);
    throw new NativeLibraryException(String.valueOf(failure.getMessage()), failure);
  }

  // Not in dev.gatun.natives, because a library serves only the class loader that loads it.
  @SuppressWarnings("restricted")
  private static LoadReport open() {
    LoadReport report = OpenBlas.load(path -> System.load(path));
    if (report.isLoaded()) {
      Cblas.openblas_set_num_threads(1);
    }
    return report;
  }
}
