package dev.gatun.bench.compare;

import java.util.Collections;
import java.util.List;

/// One workload on one library.
///
/// @param subject the title of its column
/// @param threads how many it could use
/// @param workload the name of its row
/// @param nanos samples, of one repetition each
record Cell(String subject, int threads, String workload, List<Double> nanos) {
  /// Copies the list.
  Cell {
    nanos = List.copyOf(nanos);
  }

  /// In the middle of the samples, or between the two in the middle.
  double median() {
    List<Double> sorted = nanos.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return Collections.min(nanos);
  }

  double max() {
    return Collections.max(nanos);
  }
}
