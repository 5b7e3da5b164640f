package dev.gatun.memory;

/// What is known of memory that may be forgotten, kept apart from it: what it is and where it was
/// allocated.
record Loss(Leak.Kind kind, Trace made) {
  void report(long bytes) {
    LeakReports.add(Leak.of(kind, "memory", bytes, made));
  }
}
