package dev.gatun.natives;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks into a library before it is loaded for good, so that one that cannot serve leaves nothing
/// behind that a later lookup by name would find.
final class Probe {
  private static final List<String> NEEDED =
      List.of(
          "cblas_sgemm",
          "cblas_dgemm",
          "openblas_get_config",
          "openblas_get_num_threads",
          "openblas_get_parallel",
          "openblas_set_num_threads");
  private static final Pattern VERSION = Pattern.compile("OpenBLAS (\\d+(?:\\.\\d+)+)");
  static final String NAME_ANOTHER = "pass -Dgatun.openblas=PATH of another libopenblas";

  private static final int OPENMP = 2;

  private final Consumer<String> systemLoad;

  Probe(Consumer<String> systemLoad) {
    this.systemLoad = systemLoad;
  }

  /// Loads the library at the path if it is an OpenBLAS that can serve.
  @SuppressWarnings("restricted")
  NativeLibrary load(Path path, Origin origin) throws Rejection {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup symbols;
      try {
        // As a string: a Path is resolved first, and files in memory resolve to nothing.
        symbols = SymbolLookup.libraryLookup(path.toString(), arena);
      } catch (IllegalArgumentException e) {
        loadForGood(path); // fails as well, and unlike the lookup says why
        throw new Rejection("cannot be opened", NAME_ANOTHER);
      }
      for (String name : NEEDED) {
        if (symbols.find(name).isEmpty()) {
          throw new Rejection("has no " + name, NAME_ANOTHER);
        }
      }
      String config = config(symbols.findOrThrow("openblas_get_config"));
      if (config.contains("USE64BITINT")) {
        throw new Rejection("is built with 64-bit indices", NAME_ANOTHER);
      }
      if (parallel(symbols.findOrThrow("openblas_get_parallel")) == OPENMP
          && !"1".equals(System.getenv("OMP_NUM_THREADS"))) {
        throw new Rejection(
            "is built for OpenMP, which gives every calling thread its own number of threads",
            "set OMP_NUM_THREADS=1 in the environment, or " + NAME_ANOTHER);
      }
      loadForGood(path);
      Matcher version = VERSION.matcher(config);
      return new NativeLibrary(
          path.toString(), origin, version.find() ? version.group(1) : "unknown", config);
    }
  }

  /// Loads a library that another one needs, or the one that was probed.
  void loadForGood(Path path) throws Rejection {
    try {
      systemLoad.accept(path.toString());
    } catch (UnsatisfiedLinkError e) {
      String message = e.getMessage() == null ? "cannot be loaded" : e.getMessage();
      throw new Rejection(message.replace(path + ": ", "").replace('\n', ' '), NAME_ANOTHER);
    }
  }

  @SuppressWarnings("restricted")
  private static String config(MemorySegment function) {
    try {
      MemorySegment text =
          (MemorySegment)
              Linker.nativeLinker()
                  .downcallHandle(function, FunctionDescriptor.of(ValueLayout.ADDRESS))
                  .invokeExact();
      return text.reinterpret(Long.MAX_VALUE).getString(0).strip();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a downcall throws nothing that is checked
    }
  }

  @SuppressWarnings("restricted")
  private static int parallel(MemorySegment function) {
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT))
              .invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // a downcall throws nothing that is checked
    }
  }
}
