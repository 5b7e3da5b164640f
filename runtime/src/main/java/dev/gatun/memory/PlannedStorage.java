package dev.gatun.memory;

import dev.gatun.memory.internal.Planned;
import java.lang.foreign.MemorySegment;

/// A storage in the memory of a plan, which says when it may be used.
final class PlannedStorage extends Storage {
  final Planned planned;

  PlannedStorage(long byteSize, Planned planned) {
    super(byteSize, State.PLANNED);
    this.planned = planned;
    confinedTo = NOBODY;
  }

  @Override
  MemorySegment lookCloser(Described holder) {
    return planned.memory(holder);
  }
}
