package dev.gatun.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A piece of native memory, 64-byte aligned, that goes round between the pool and its owners.
///
/// Programs never see [#memory] itself, only views whose lifetime is an arena of their own: when
/// that arena is closed the views are dead, whoever has the block next. Kernels see it for the time
/// of a call that its owner makes.
final class Block {
  final int sizeClass;
  final long capacity;
  final Slab origin;

  /// All of it, for ever: neither a session nor a thread is checked when it is used.
  final MemorySegment memory;

  /// The next block of the free list, or of the chain on its way back, that this one is in.
  @Nullable Block next;

  /// The one that was freed before; of large blocks only.
  @Nullable Block previous;

  /// Still zero as the system gave it.
  boolean fresh = true;

  /// When it was freed, counted in returns; of large blocks only.
  long freedAt;

  @SuppressWarnings("restricted") // the slab is closed only when no owner has the block
  Block(int sizeClass, Slab origin, MemorySegment memory) {
    this.sizeClass = sizeClass;
    this.capacity = memory.byteSize();
    this.origin = origin;
    this.memory = MemorySegment.ofAddress(memory.address()).reinterpret(capacity);
  }

  boolean isSmall() {
    return sizeClass < SizeClasses.SMALL;
  }

  @SuppressWarnings("restricted") // the block outlives the view: only a closed owner returns it
  MemorySegment view(long bytes, Arena owner) {
    return memory.reinterpret(bytes, owner, null);
  }
}
