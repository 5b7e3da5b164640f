package dev.gatun.bench.peers.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// Pauses of a garbage collector.
///
/// @param all in the order in which they ended
record Pauses(List<Pause> all) {
  /// What the recorder calls one.
  static final String EVENT = "jdk.GCPhasePause";

  /// A pause.
  ///
  /// @param start when it began
  /// @param millis how long it was
  record Pause(Instant start, double millis) {}

  /// Reads a recording.
  static Pauses read(Path recording) throws IOException {
    return new Pauses(
        RecordingFile.readAllEvents(recording).stream()
            .filter(event -> event.getEventType().getName().equals(EVENT))
            .map(Pauses::pause)
            .toList());
  }

  private static Pause pause(RecordedEvent event) {
    return new Pause(event.getStartTime(), event.getDuration().toNanos() / 1e6);
  }

  /// Those that began in an interval.
  Pauses between(Instant from, Duration length) {
    Instant to = from.plus(length);
    return new Pauses(
        all.stream()
            .filter(pause -> !pause.start.isBefore(from) && pause.start.isBefore(to))
            .toList());
  }

  double total() {
    return all.stream().mapToDouble(Pause::millis).sum();
  }

  double longest() {
    return all.stream().mapToDouble(Pause::millis).max().orElse(0);
  }
}
