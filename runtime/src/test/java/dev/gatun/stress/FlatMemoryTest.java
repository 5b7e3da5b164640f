package dev.gatun.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.testing.ChildJvm;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Memory of a process under load, after the time in which it warms up.
@Tag("stress")
@EnabledOnOs(OS.LINUX)
class FlatMemoryTest {
  /// From so many seconds on, a slope says something; for a while the compiler's own memory is most
  /// of what grows.
  private static final int LONG = 300;

  /// What shows all there is to see.
  private static final int LONGEST = 600;

  private static final double WARM = 60;

  private static final double MEGABYTE = 1 << 20;

  /// More than 216 requests of at most a megabyte hold, and the pool beside them.
  private static final double MOST = 256 * MEGABYTE;

  private record Sample(
      double seconds, double resident, double live, double pooled, long scopes, long answers) {
    static Sample of(String line) {
      String[] parts = line.split(" ", -1);
      return new Sample(
          Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]),
          Double.parseDouble(parts[3]),
          Double.parseDouble(parts[4]),
          Long.parseLong(parts[5]),
          Long.parseLong(parts[6]));
    }
  }

  @Test
  void memoryIsFlatUnderLoad() throws Exception {
    boolean slopes = Load.SECONDS >= LONG;
    double seconds = slopes ? Math.min(Load.SECONDS, LONGEST) : Load.share(4);
    ChildJvm child =
        ChildJvm.start(
                Load.flags("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
                FlatMemoryProgram.class,
                String.valueOf(seconds))
            .end((long) seconds + 60);
    assertEquals(0, child.status(), child.out());
    List<Sample> samples = samples(child, "sample ");
    assertTrue(samples.getLast().answers() > 100, child.out());
    for (Sample s : samples) {
      // The count is summed up while it changes.
      assertTrue(s.scopes() <= 2 * 216 && s.live() + s.pooled() < MOST, child.out());
      assertTrue(s.resident() < 1024 * MEGABYTE, child.out());
    }
    if (slopes) {
      System.out.println(flat(samples.stream().filter(s -> s.seconds() > WARM).toList()));
    }
    Sample rest = samples(child, "rest ").getFirst();
    assertEquals(0, rest.scopes(), child.out());
    assertEquals(0, rest.live(), child.out());
    assertTrue(samples(child, "trimmed ").getFirst().pooled() <= rest.pooled(), child.out());
  }

  /// At most a megabyte a minute.
  private static String flat(List<Sample> steady) {
    double resident = slope(steady, Sample::resident) / MEGABYTE;
    double live = slope(steady, Sample::live) / MEGABYTE;
    double pooled = slope(steady, Sample::pooled) / MEGABYTE;
    String found =
        "megabytes a minute: resident %.3f, live %.3f, pooled %.3f"
            .formatted(resident, live, pooled);
    assertTrue(Math.max(resident, live) < 1 && pooled < 1, () -> found + " " + steady);
    return found;
  }

  private static List<Sample> samples(ChildJvm child, String what) {
    return child.out().lines().filter(l -> l.startsWith(what)).map(Sample::of).toList();
  }

  /// Bytes per minute, by least squares.
  private static double slope(List<Sample> samples, ToDoubleFunction<Sample> bytes) {
    double t = samples.stream().mapToDouble(Sample::seconds).average().orElse(0);
    double mean = samples.stream().mapToDouble(bytes).average().orElse(0);
    double above = 0;
    double below = 0;
    for (Sample s : samples) {
      above += (s.seconds() - t) * (bytes.applyAsDouble(s) - mean);
      below += (s.seconds() - t) * (s.seconds() - t);
    }
    return below == 0 ? 0 : above / below * 60;
  }
}
