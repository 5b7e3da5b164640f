package dev.gatun.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Memory as the system gave it, in an arena of its own so that it can be given back: one large
/// block, or a stretch that small blocks are carved from.
final class Slab {
  static final long BYTES = 1 << 20;
  static final long ALIGNMENT = 64;

  private final Arena arena;
  private final MemorySegment memory;
  private long used;

  /// Blocks carved so far, and how many of them trimming has found idle; guarded by the slab pool.
  int carved;

  int idle;

  private Slab(Arena arena, MemorySegment memory) {
    this.arena = arena;
    this.memory = memory;
  }

  /// Reserves zeroed memory. When there is none left, the pool gives back what it holds, then the
  /// collector is asked for what is unreachable, then the error is the caller's to explain.
  static Slab open(long bytes) {
    try {
      return reserve(bytes);
    } catch (OutOfMemoryError _) {
      Pool.trim();
    }
    try {
      return reserve(bytes);
    } catch (OutOfMemoryError _) {
      Collected.collect();
      Pool.trim();
    }
    return reserve(bytes);
  }

  private static Slab reserve(long bytes) {
    long limit = Limit.PROCESS.bytes();
    if (Ledger.RESERVED.addAndGet(bytes) > limit) {
      Ledger.RESERVED.addAndGet(-bytes);
      throw new OutOfMemoryError("more than " + limit + " bytes");
    }
    try {
      return allocate(bytes);
    } catch (OutOfMemoryError e) {
      Ledger.RESERVED.addAndGet(-bytes);
      throw e;
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  private static Slab allocate(long bytes) {
    Arena arena = Arena.ofShared();
    return new Slab(arena, arena.allocate(bytes, ALIGNMENT));
  }

  /// Cuts the next block off, or returns null when too little is left.
  @Nullable Block carve(int sizeClass) {
    long capacity = SizeClasses.capacity(sizeClass);
    if (capacity > memory.byteSize() - used) {
      return null;
    }
    Block block = new Block(sizeClass, this, memory.asSlice(used, capacity));
    used += capacity;
    carved++;
    return block;
  }

  /// Gives the memory back to the system; every block of it must be idle and out of reach.
  void close() {
    arena.close();
    Ledger.RESERVED.getAndAdd(-memory.byteSize());
  }
}
