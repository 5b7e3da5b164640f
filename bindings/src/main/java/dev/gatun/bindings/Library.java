package dev.gatun.bindings;

import dev.gatun.bindings.openblas.Cblas;
import dev.gatun.natives.LoadReport;
import dev.gatun.natives.NativeLibraryException;
import dev.gatun.natives.OpenBlas;
import dev.gatun.natives.Rejected;
import java.lang.foreign.MemorySegment;
import java.util.List;
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
    try {
      // Asked first: once a class of the bindings has failed to load, nobody can tell why.
      MemorySegment _ = MemorySegment.NULL.reinterpret(0);
      LoadReport report = OpenBlas.load(path -> System.load(path));
      if (report.isLoaded()) {
        Cblas.openblas_set_num_threads(1);
      }
      return report;
    } catch (IllegalCallerException e) {
      String names =
          Library.class.getModule().isNamed()
              ? "dev.gatun.natives,dev.gatun.bindings"
              : "ALL-UNNAMED";
      return new LoadReport(
          null,
          List.of(
              new Rejected(
                  "bundled",
                  "this JVM refuses native access",
                  "start java with --enable-native-access=" + names)));
    }
  }
}
