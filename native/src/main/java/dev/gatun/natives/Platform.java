package dev.gatun.natives;

import java.lang.foreign.Linker;
import java.util.List;
import java.util.Locale;

/// What depends on the operating system and the processor.
///
/// @param name as the bundled jars are named, such as `linux-x86_64`
/// @param bundled the files of the bundled library in the order in which they must be loaded; empty
///   where there is none for this platform
/// @param systemNames the names under which the system may have the library
record Platform(String name, List<String> bundled, List<String> systemNames) {

  static Platform current() {
    // musl has no such function, and libraries that were linked against glibc do not load there.
    boolean glibc = Linker.nativeLinker().defaultLookup().find("gnu_get_libc_version").isPresent();
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), glibc);
  }

  static Platform of(String osName, String osArch, boolean glibc) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch.toLowerCase(Locale.ROOT);
        };
    String family =
        os.startsWith("linux")
            ? (glibc ? "linux" : "linux-musl")
            : os.startsWith("mac")
                ? "macosx"
                : os.startsWith("windows") ? "windows" : os.replace(' ', '-');
    String name = family + "-" + arch;
    return new Platform(name, bundledFiles(name), systemNames(family));
  }

  boolean isLinux() {
    return name.startsWith("linux");
  }

  boolean isMac() {
    return name.startsWith("macosx");
  }

  boolean isWindows() {
    return name.startsWith("windows");
  }

  private static List<String> bundledFiles(String name) {
    return switch (name) {
      case "linux-x86_64" ->
          List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");
      case "linux-arm64" -> List.of("libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0");
      case "macosx-x86_64" ->
          List.of(
              "libgcc_s.1.1.dylib",
              "libquadmath.0.dylib",
              "libgfortran.5.dylib",
              "libopenblas.0.dylib");
      case "macosx-arm64" -> List.of("libopenblas.0.dylib");
      case "windows-x86_64" -> List.of("libopenblas.dll");
      default -> List.of();
    };
  }

  private static List<String> systemNames(String family) {
    return switch (family) {
      case "macosx" -> List.of("libopenblas.0.dylib", "libopenblas.dylib");
      case "windows" -> List.of("libopenblas.dll", "openblas.dll");
      default -> List.of("libopenblas.so.0", "libopenblas.so");
    };
  }
}
