package dev.gatun.stress;

import dev.gatun.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;

/// How long the tests of this package put load on the process: `-Dgatun.stress.seconds=N` in all, 5
/// unless set.
final class Load {
  static final int SECONDS = Integer.getInteger("gatun.stress.seconds", 5);

  private Load() {}

  /// The share of a test, in seconds.
  ///
  /// @param parts one of so many
  static double share(int parts) {
    return (double) SECONDS / parts;
  }

  /// When the share of a test that starts now ends, in the time of [System#nanoTime()].
  static long end(int parts) {
    return System.nanoTime() + (long) (share(parts) * 1e9);
  }

  /// What starts a process with the backend of this one.
  static List<String> flags(String... more) {
    List<String> flags = new ArrayList<>(ChildJvm.FLAGS);
    flags.add("-Dgatun.backend=" + System.getProperty("gatun.backend", "auto"));
    flags.addAll(List.of(more));
    return flags;
  }
}
