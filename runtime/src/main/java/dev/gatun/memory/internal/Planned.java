package dev.gatun.memory.internal;

import dev.gatun.memory.Described;
import java.lang.foreign.MemorySegment;

/// Stands behind a storage whose memory is a plan's.
public interface Planned {
  /// Answers a kernel's use of the storage while it is not lent to the thread.
  ///
  /// @param holder who asks, for messages
  /// @return at least the bytes of the storage
  /// @throws IllegalStateException if it must not be used now
  MemorySegment memory(Described holder);

  /// Hears that a kernel is about to write to the memory.
  void written();

  /// Answers a program that asks for the memory.
  ///
  /// @param holder who asks, for messages
  /// @return the bytes of the storage, which end with their owner
  /// @throws IllegalStateException if it must not be used now
  MemorySegment segment(Described holder);
}
