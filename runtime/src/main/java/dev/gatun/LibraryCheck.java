package dev.gatun;

import dev.gatun.bindings.Blas;
import dev.gatun.bindings.BlasInfo;
import dev.gatun.natives.LoadReport;
import dev.gatun.natives.NativeLibrary;
import dev.gatun.natives.NativeLibraryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which OpenBLAS was loaded, and what keeps it from being the best for this processor.
final class LibraryCheck {
  /// Its names for processors with vectors of 256 bits or more.
  private static final Set<String> WIDE =
      Set.of("haswell", "zen", "skylakex", "cooperlake", "sapphirerapids");

  private LibraryCheck() {}

  static List<Finding> here() {
    String forced = Advice.forcedBySystem();
    if (!forced.isEmpty() && !forced.equals("openblas")) {
      return List.of(Finding.ok(Subject.OPENBLAS, "not tried: -Dgatun.backend=" + forced));
    }
    LoadReport report;
    try {
      report = Blas.report();
    } catch (NativeLibraryException e) {
      return List.of(
          Finding.problem(
              Subject.OPENBLAS, String.valueOf(e.getMessage()), "remove -Dgatun.openblas"));
    }
    NativeLibrary library = report.library();
    List<Finding> findings = new ArrayList<>();
    if (library != null) {
      String chosen = System.getenv().getOrDefault("OPENBLAS_CORETYPE", "");
      boolean wide = VectorCheck.widest(SystemFiles.HERE) >= 256;
      findings.add(loaded(library, Blas.load().info(), wide, chosen));
    }
    findings.addAll(notTaken(report));
    return findings;
  }

  static Finding loaded(NativeLibrary library, BlasInfo info, boolean wide, String chosen) {
    String says =
        "%s (%s) %s, kernels for %s"
            .formatted(library.version(), library.origin(), library.path(), info.coreName());
    if (wide && !WIDE.contains(info.coreName().toLowerCase(Locale.ROOT))) {
      String fix =
          chosen.isEmpty()
              ? "remove -Dgatun.openblas, or name a build with DYNAMIC_ARCH"
              : "unset OPENBLAS_CORETYPE in the environment";
      return Finding.problem(Subject.OPENBLAS, says + ", and this processor has AVX2", fix);
    }
    return Finding.ok(Subject.OPENBLAS, says);
  }

  static List<Finding> notTaken(LoadReport report) {
    return report.rejected().stream()
        .map(rejected ->
            Finding.advice(
                Subject.OPENBLAS,
                (report.isLoaded() ? "not taken: " : "none: ") + rejected,
                rejected.fix()))
        .toList();
  }
}
