package dev.gatun.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A piece of native memory, 64-byte aligned, that goes round between the pool and its owners.
///
/// Owners never see [#memory] itself, only views whose lifetime is an arena of their own: when that
/// arena is closed the views are dead, whoever has the block next.
final class Block {
  final int sizeClass;
  final long capacity;
  final Slab origin;

  private final MemorySegment memory;

  /// The next block of the free list, or of the chain on its way back, that this one is in.
  @Nullable Block next;

  /// Still zero as the system gave it.
  boolean fresh = true;

  /// When it was freed, counted in returns; of large blocks only.
  long freedAt;

  Block(int sizeClass, Slab origin, MemorySegment memory) {
    this.sizeClass = sizeClass;
    this.capacity = memory.byteSize();
    this.origin = origin;
    this.memory = memory;
  }

  boolean isSmall() {
    return sizeClass < SizeClasses.SMALL;
  }

  MemorySegment view(long bytes, Arena owner) {
    return view(bytes, owner, null);
  }

  @SuppressWarnings("restricted") // the block outlives the view: only a closed owner returns it
  MemorySegment view(long bytes, Arena owner, @Nullable Consumer<MemorySegment> cleanup) {
    return memory.reinterpret(bytes, owner, cleanup);
  }
}
