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

  /// The next one of those that trimming gives back.
  @Nullable Slab next;

  private Slab(Arena arena, MemorySegment memory) {
    this.arena = arena;
    this.memory = memory;
  }

  /// Reserves zeroed memory. When there is none left, the pool gives back what it holds, then the
  /// collector is asked for what is unreachable.
  ///
  /// @return null when the process's budget still has no room then
  /// @throws OutOfMemoryError if the system has none
  static @Nullable Slab open(long bytes) {
    if (bytes > MemoryBudget.PROCESS.limitBytes()) {
      return null;
    }
    Slab slab = openWithin(bytes, false);
    if (slab == null) {
      Pool.trim();
      slab = openWithin(bytes, false);
    }
    if (slab == null) {
      Collected.collect();
      Pool.trim();
      slab = openWithin(bytes, true);
    }
    return slab;
  }

  private static @Nullable Slab openWithin(long bytes, boolean last) {
    if (!MemoryBudget.PROCESS.tryReserve(bytes)) {
      return null;
    }
    long start = System.nanoTime();
    Slab slab = null;
    try {
      slab = allocate(bytes);
    } catch (OutOfMemoryError e) {
      if (last) {
        throw e;
      }
    } finally {
      if (slab == null) {
        MemoryBudget.PROCESS.release(bytes);
      }
    }
    if (slab != null) {
      announce(bytes, start);
    }
    return slab;
  }

  private static void announce(long bytes, long start) {
    try {
      Flight.growth(bytes, start);
      Pool.grown();
    } catch (StackOverflowError | OutOfMemoryError _) {
      // The memory is there, which matters more.
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  private static Slab allocate(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      return new Slab(arena, arena.allocate(bytes, ALIGNMENT));
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  long capacity() {
    return memory.byteSize();
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
    MemoryBudget.PROCESS.release(memory.byteSize());
    Ledger.FREED.getAndAdd(memory.byteSize());
  }
}
