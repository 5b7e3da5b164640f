package dev.gatun;

import dev.gatun.backend.Backends;
import dev.gatun.backend.VectorSpeed;
import java.util.Arrays;
import java.util.List;

/// Whether vectors are compiled to vectors, and to those of this processor.
final class VectorCheck {
  /// Beginnings of flags with which vectors are not compiled.
  private static final List<String> CULPRITS =
      List.of("-Xint", "-Xcomp", "-XX:TieredStopAtLevel=", "-XX:-EnableVectorSupport");

  private VectorCheck() {}

  static Finding here() {
    if (!Backends.vectorAvailable()) {
      return missing(InfoCollector.hasVectorModule());
    }
    return of(VectorSpeed.measure(), JvmFlags.here(), widest(SystemFiles.HERE));
  }

  static Finding missing(boolean hasModule) {
    return hasModule
        ? Finding.problem(Subject.VECTORS, "those of this machine are too narrow", "")
        : Finding.problem(
            Subject.VECTORS,
            "module jdk.incubator.vector is not there, so every loop is plain Java",
            "start java with --add-modules jdk.incubator.vector");
  }

  static Finding of(VectorSpeed speed, JvmFlags flags, int widest) {
    if (!speed.isCompiled()) {
      return Finding.problem(Subject.VECTORS, "not compiled: " + speed, compiler(flags));
    }
    if (speed.bits() < widest) {
      return Finding.problem(
          Subject.VECTORS,
          "%s, and the processor has %d bits".formatted(speed, widest),
          "start java without -XX:UseAVX and -XX:MaxVectorSize");
    }
    return Finding.ok(Subject.VECTORS, speed.toString());
  }

  /// The flag that keeps the compiler away, or else what is needed.
  private static String compiler(JvmFlags flags) {
    for (String culprit : CULPRITS) {
      String found = flags.find(culprit);
      if (!found.isEmpty()) {
        return "start java without " + found;
      }
    }
    return "run a HotSpot JVM with its compiler C2, and no debugger";
  }

  /// What the processor has for certain: on some, a JVM leaves 512 bits out on purpose.
  static int widest(SystemFiles files) {
    List<String> flags = Arrays.asList(files.value("proc/cpuinfo", "flags\t\t").split(" ", -1));
    return flags.contains("avx2") ? 256 : 128;
  }
}
