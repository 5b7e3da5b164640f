package dev.gatun;

import java.util.Locale;

/// What [Gatun#diagnose()] looks at, and [Gatun#require(Subject...)] insists on.
public enum Subject {
  /// Whether code on the Vector API is compiled to vectors, timed.
  VECTORS,
  /// What computes matrix products, and whether something faster was ruled out.
  BACKEND,
  /// The native library: which one, from where, and why not another.
  OPENBLAS,
  /// The folder that the native library is unpacked into.
  CACHE,
  /// Processors that the system, the container and flags leave to this process.
  PROCESSORS,
  /// Whether heap and native memory fit into the container, or the machine.
  MEMORY,
  /// How large the pages are that native memory comes in.
  HUGE_PAGES,
  /// Whether native code may be called.
  NATIVE_ACCESS;

  /// As people write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
