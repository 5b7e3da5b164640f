package dev.gatun;

import dev.gatun.backend.Backend;
import dev.gatun.backend.Backends;
import dev.gatun.bindings.Blas;
import dev.gatun.bindings.BlasInfo;
import dev.gatun.kernel.VectorWidth;
import dev.gatun.memory.MemoryStats;
import dev.gatun.natives.LoadReport;
import dev.gatun.natives.NativeLibrary;
import dev.gatun.natives.NativeLibraryException;
import dev.gatun.natives.Rejected;
import java.util.ArrayList;
import java.util.List;

/// Puts an [Info] together.
final class InfoCollector {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private InfoCollector() {}

  static Info collect() {
    Backend backend = null;
    String reason;
    try {
      backend = Backends.current();
      reason = Backends.reason(backend);
    } catch (IllegalStateException e) {
      reason = String.valueOf(e.getMessage()).replaceFirst("^backend: ", "");
    }
    return new Info(
        Gatun.version(),
        "%s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vendor")),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        Cpu.model(),
        Runtime.getRuntime().availableProcessors(),
        backend,
        reason,
        openblas(),
        vector(VectorWidth.bits(), hasVectorModule()),
        Backends.threads(),
        MemoryStats.now());
  }

  static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  static String vector(int bits, boolean hasModule) {
    if (bits > 0) {
      return "%d bits: %d floats at once".formatted(bits, bits / Float.SIZE);
    }
    return hasModule
        ? "none: those of this machine are too narrow"
        : "none: module %s is not there; start java with --add-modules %s"
            .formatted(VECTOR_MODULE, VECTOR_MODULE);
  }

  private static List<String> openblas() {
    String forced = Advice.forcedBySystem();
    if (!forced.isEmpty() && !forced.equals("openblas")) {
      return List.of("not tried: -Dgatun.backend=" + forced);
    }
    try {
      LoadReport report = Blas.report();
      NativeLibrary library = report.library();
      return library == null ? missing(report) : loaded(library, Blas.load().info(), report);
    } catch (NativeLibraryException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  static List<String> missing(LoadReport report) {
    List<String> lines = new ArrayList<>(List.of("none"));
    lines.addAll(notTaken(report));
    return lines;
  }

  static List<String> loaded(NativeLibrary library, BlasInfo info, LoadReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("%s (%s) %s".formatted(library.version(), library.origin(), library.path()));
    lines.add("build: " + info.config());
    lines.add("kernels for: " + info.coreName());
    lines.add("threads in a call: %d (%s)".formatted(info.threads(), info.threading()));
    lines.addAll(notTaken(report));
    return lines;
  }

  private static List<String> notTaken(LoadReport report) {
    return report.rejected().stream().map(InfoCollector::line).toList();
  }

  private static String line(Rejected rejected) {
    String fix = rejected.fix().isEmpty() ? "" : "; " + rejected.fix();
    return "not taken: " + rejected + fix;
  }
}
