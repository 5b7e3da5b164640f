package dev.gatun.bench;

/// How a JVM that measures is started.
public final class JvmFlags {
  /// The Vector API.
  public static final String MODULES = "--add-modules=jdk.incubator.vector";

  /// Downcalls, without a warning.
  public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /// JMH itself, and some libraries, use what a JDK 25 warns of.
  public static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  private JvmFlags() {}
}
