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
  /// Below this, the compiler's own memory is most of what grows.
  private static final double LONG = 300;

  private static final long MEGABYTE = 1 << 20;

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
    double seconds = Load.SECONDS >= LONG ? Load.SECONDS : Load.share(2);
    ChildJvm child =
        ChildJvm.start(
                Load.flags("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
                FlatMemoryProgram.class,
                String.valueOf(seconds))
            .end((long) seconds + 60);
    assertEquals(0, child.status(), child.out());
    List<Sample> samples =
        child.out().lines().filter(l -> l.startsWith("sample ")).map(Sample::of).toList();
    Sample last = samples.getLast();
    assertTrue(last.answers() > 100, last::toString);
    // The first minute of the long form, half of the short one.
    double warm = seconds >= LONG ? 60 : seconds / 2;
    List<Sample> steady = samples.stream().filter(s -> s.seconds() > warm).toList();
    double minutes = (last.seconds() - warm) / 60;
    // In a minute at most a megabyte; in the short form, what the noise of a few seconds hides.
    double limit = (seconds >= LONG ? minutes : 24) * MEGABYTE;
    assertTrue(slope(steady, Sample::resident) * minutes < limit, child.out());
    assertTrue(slope(steady, Sample::live) * minutes < Math.min(limit, 8 * MEGABYTE), child.out());
    assertTrue(
        slope(steady, Sample::pooled) * minutes < Math.min(limit, 16 * MEGABYTE), child.out());
    assertTrue(steady.stream().allMatch(s -> s.scopes() <= 16), child.out());
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
