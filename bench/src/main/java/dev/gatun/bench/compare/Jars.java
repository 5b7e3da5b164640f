package dev.gatun.bench.compare;

import java.security.CodeSource;

/// Where classes come from.
public final class Jars {
  private Jars() {}

  /// The name of the jar that a class is in, which has the library's version.
  ///
  /// @param type any class of a library
  /// @return such as `library-1.2.3`
  public static String name(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return type.getName();
    }
    String path = source.getLocation().getPath();
    return path.substring(path.lastIndexOf('/') + 1).replace(".jar", "");
  }
}
