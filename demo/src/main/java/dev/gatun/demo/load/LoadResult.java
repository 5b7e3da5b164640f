package dev.gatun.demo.load;

import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;

/// What a load came to; times are in microseconds, from the first byte sent to the last received.
///
/// @param connections how many at once
/// @param perSecond requests answered with 200, per second
/// @param p50 half of the answers took no longer
/// @param p99 all but one in a hundred
/// @param p999 all but one in a thousand
/// @param max the slowest
/// @param refused answers with another status; they are in none of the numbers above
public record LoadResult(
    int connections,
    double perSecond,
    double p50,
    double p99,
    double p999,
    double max,
    long refused) {
  /// The heads of the columns of [#row()].
  public static final String HEADER =
      """
      | connections | requests/s | p50 µs | p99 µs | p99.9 µs | max µs | refused |
      | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\
      """;

  static LoadResult of(int connections, double seconds, AbstractHistogram nanos, long refused) {
    return new LoadResult(
        connections,
        nanos.getTotalCount() / seconds,
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3,
        nanos.getValueAtPercentile(99.9) / 1e3,
        nanos.getMaxValue() / 1e3,
        refused);
  }

  /// {@return a row of a Markdown table}
  public String row() {
    return String.format(
        Locale.ROOT,
        "| %d | %.0f | %.0f | %.0f | %.0f | %.0f | %d |",
        connections,
        perSecond,
        p50,
        p99,
        p999,
        max,
        refused);
  }
}
