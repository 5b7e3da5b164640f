package dev.gatun.nn.serve;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Rows of one float that every thread may use.
final class MemoryRows {
  private MemoryRows() {}

  static MemorySegment of(float value) {
    return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, value);
  }

  static MemorySegment empty() {
    return of(Float.NaN);
  }

  static float[] floats(MemorySegment segment) {
    return segment.toArray(ValueLayout.JAVA_FLOAT);
  }
}
