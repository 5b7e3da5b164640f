package dev.gatun;

import dev.gatun.backend.Backend;
import dev.gatun.memory.MemoryStats;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What runs in this process, and why; [#toString()] shows it as a table for people.
///
/// @param version of this library
/// @param java the version and vendor of the JVM
/// @param system operating system and architecture, such as `Linux 6.1.0 amd64`
/// @param cpu the processor's own name, or `unknown`
/// @param processors how many the JVM may use
/// @param backend what computes matrix products, or null when the one that `-Dgatun.backend` names
///   cannot
/// @param reason one line on why it is that one, or why there is none
/// @param openblas lines on the native library: which one from where, its build and processor, and
///   which others were not taken; or why there is none
/// @param vector one line on the vectors of the Vector API
/// @param threads how many a large operation may use
/// @param memory native memory now
public record Info(
    String version,
    String java,
    String system,
    String cpu,
    int processors,
    @Nullable Backend backend,
    String reason,
    List<String> openblas,
    String vector,
    int threads,
    MemoryStats memory) {

  /// Copies the list.
  public Info {
    openblas = List.copyOf(openblas);
  }

  /// Several lines, each a name and what there is to say; without a line break at the end.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    line(out, "gatun", version);
    line(out, "java", java);
    line(out, "system", system);
    line(out, "cpu", "%s (%d processors)".formatted(cpu, processors));
    line(out, "backend", (backend == null ? "none" : backend.name()) + ": " + reason);
    String name = "openblas";
    for (String text : openblas) {
      line(out, name, text);
      name = "";
    }
    line(out, "vector", vector);
    line(out, "threads", Integer.toString(threads));
    line(
        out,
        "memory",
        "%s live, %s at the peak, %s pooled, %d open scopes"
            .formatted(
                bytes(memory.liveBytes()),
                bytes(memory.peakBytes()),
                bytes(memory.pooledBytes()),
                memory.openScopes()));
    return out.toString().stripTrailing();
  }

  private static void line(StringBuilder out, String name, String text) {
    out.append("%-10s".formatted(name)).append(text).append('\n');
  }

  /// A size with its unit, such as `1.5 MiB`.
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    double value = bytes / (double) (1L << (10 * power));
    return String.format(Locale.ROOT, "%.1f %ciB", value, "KMGTPE".charAt(power - 1));
  }
}
