package dev.gatun.demo.compare;

import java.io.IOException;
import java.util.Locale;

/// How long one workload took on one backend.
///
/// @param workload what was done, such as `matmul 512`
/// @param backend what did it, in lower case
/// @param threads how many threads it could use
/// @param medianNanos the median of the samples, in nanoseconds for one repetition
/// @param gflops floating-point operations a nanosecond, counting a multiplication and an addition
///   as two
public record Measurement(
    String workload, String backend, int threads, double medianNanos, double gflops) {

  /// {@return a line from which [#parse] makes an equal measurement}
  String line() {
    return String.join(
        "\t",
        workload,
        backend,
        Integer.toString(threads),
        Double.toString(medianNanos),
        Double.toString(gflops));
  }

  static Measurement parse(String line) throws IOException {
    String[] cells = line.split("\t", -1);
    if (cells.length != 5) {
      throw new IOException("compare: unexpected line from a measuring process: " + line);
    }
    try {
      return new Measurement(
          cells[0],
          cells[1],
          Integer.parseInt(cells[2]),
          Double.parseDouble(cells[3]),
          Double.parseDouble(cells[4]));
    } catch (NumberFormatException e) {
      throw new IOException("compare: unexpected line from a measuring process: " + line, e);
    }
  }

  /// {@return the time in the unit that suits it}
  String time() {
    if (medianNanos < 1e3) {
      return String.format(Locale.ROOT, "%.0f ns", medianNanos);
    }
    if (medianNanos < 1e6) {
      return String.format(Locale.ROOT, "%.2f µs", medianNanos / 1e3);
    }
    return String.format(Locale.ROOT, "%.2f ms", medianNanos / 1e6);
  }
}
