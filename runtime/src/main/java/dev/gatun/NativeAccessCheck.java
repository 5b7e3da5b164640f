package dev.gatun;

import dev.gatun.bindings.Blas;
import dev.gatun.natives.OpenBlas;

/// Whether the JVM lets native code be called without a warning, which a later one refuses.
final class NativeAccessCheck {
  private NativeAccessCheck() {}

  /// Right only before the first native call: that one enables what was not, with a warning.
  static Finding here() {
    Module natives = OpenBlas.class.getModule();
    boolean enabled =
        natives.isNativeAccessEnabled()
            && Blas.class.getModule().isNativeAccessEnabled()
            && Gatun.class.getModule().isNativeAccessEnabled();
    boolean refused = !enabled && JvmFlags.here().value("--illegal-native-access=").equals("deny");
    return of(enabled, refused, natives.isNamed());
  }

  static Finding of(boolean enabled, boolean refused, boolean named) {
    String fix =
        "start java with --enable-native-access="
            + (named ? "dev.gatun.natives,dev.gatun.bindings,dev.gatun.runtime" : "ALL-UNNAMED");
    if (enabled) {
      return Finding.ok(Subject.NATIVE_ACCESS, "enabled");
    }
    return refused
        ? Finding.problem(Subject.NATIVE_ACCESS, "refused", fix)
        : Finding.advice(
            Subject.NATIVE_ACCESS, "not enabled: this JVM warns, later ones refuse", fix);
  }
}
