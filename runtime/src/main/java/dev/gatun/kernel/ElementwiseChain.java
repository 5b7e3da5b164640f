package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Elementwise operations one after the other, over results of one shape, a block at a time: what
/// one of them makes for the next ones stays in a block that stays in the cache, so that memory is
/// read once and written once. Elements go through the same row kernels as in calls of their own,
/// so results are the same bits.
///
/// Large chains are split over [Workers] as single operations are.
public final class ElementwiseChain {
  /// Elements of a block.
  public static final int BLOCK = 4096;

  /// Blocks between operations that a chain may have.
  public static final int SLOTS = 8;

  private static final long SLOT = (long) BLOCK * Long.BYTES;

  private static final Slots<Buffer> FREE = new Slots<>(Buffer::make);

  /// Memory for blocks as kernels like it best, and what keeps it alive.
  private record Buffer(MemorySegment owner, MemorySegment blocks) {
    @SuppressWarnings("restricted") // the owner lives as long as the buffer
    static Buffer make() {
      MemorySegment owner = Arena.ofAuto().allocate(SLOTS * SLOT, 64);
      return new Buffer(owner, MemorySegment.ofAddress(owner.address()).reinterpret(SLOTS * SLOT));
    }
  }

  /// Where an operation finds an operand, or puts its result.
  ///
  /// @param memory which of the segments that [#run] gets, or -1
  /// @param start the first element's byte in that segment, or in that of the blocks
  /// @param bytes of an element
  /// @param inner how many elements of the result meet the same one of the operand
  /// @param size elements of the operand, after which it begins anew
  public record Place(int memory, long start, int bytes, long inner, long size) {
    /// One of the blocks between operations.
    ///
    /// @param number from 0 to [#SLOTS] - 1
    /// @param bytes of an element
    /// @return the place
    public static Place block(int number, int bytes) {
      return new Place(-1, number * SLOT, bytes, 1, Long.MAX_VALUE);
    }

    /// Which block it is.
    ///
    /// @return its number
    public int number() {
      return (int) (start / SLOT);
    }

    /// The byte of the element for `at`, in a block that begins with the one for `from`.
    private long at(long at, long from) {
      if (memory < 0) {
        return start + (at - from) * bytes;
      }
      return start + (inner == 1 && at < size ? at : at / inner % size) * bytes;
    }

    private long stride() {
      return size == 1 || inner > 1 ? 0 : bytes;
    }

    /// Elements from `at` on that [#stride] leads to.
    private long run(long at) {
      if (size == 1) {
        return Long.MAX_VALUE;
      }
      return inner > 1 ? inner - at % inner : size - at % size;
    }
  }

  /// One operation, of one operand or of two.
  ///
  /// @param one its kernel, or null
  /// @param two its kernel, or null
  /// @param a the first operand
  /// @param b the second one; of one operand, the first one again
  /// @param y the result, never repeated
  public record Part(@Nullable UnaryRow one, @Nullable BinaryRow two, Place a, Place b, Place y) {
    private void run(MemorySegment[] memory, MemorySegment blocks, long from, long to) {
      MemorySegment sa = a.memory < 0 ? blocks : memory[a.memory];
      MemorySegment sb = b.memory < 0 ? blocks : memory[b.memory];
      MemorySegment sy = y.memory < 0 ? blocks : memory[y.memory];
      for (long at = from; at < to; ) {
        long n = Math.min(to - at, Math.min(a.run(at), b.run(at)));
        if (one != null) {
          one.apply(sa, a.at(at, from), a.stride(), sy, y.at(at, from), y.bytes, n);
        } else if (two != null) {
          two.apply(
              sa,
              a.at(at, from),
              a.stride(),
              sb,
              b.at(at, from),
              b.stride(),
              sy,
              y.at(at, from),
              y.bytes,
              n);
        }
        at += n;
      }
    }
  }

  private final Part[] parts;
  private final long n;

  /// Puts operations together.
  ///
  /// @param parts in the order in which they run
  /// @param n elements of every result
  public ElementwiseChain(List<Part> parts, long n) {
    this.parts = parts.toArray(Part[]::new);
    this.n = n;
  }

  /// Runs all of it. It makes nothing on the heap while one thread computes it.
  ///
  /// @param memory what places refer to; workers use it while the caller waits
  public void run(MemorySegment[] memory) {
    if (n < 2 * Walk.CHUNK) {
      blocks(memory, 0, n);
      return;
    }
    MemorySegment[] shared = new MemorySegment[memory.length];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = Workers.alias(memory[i]);
    }
    int tasks = Math.toIntExact(Math.ceilDiv(n, Walk.CHUNK));
    Workers.run(tasks, t -> blocks(shared, t * Walk.CHUNK, Math.min(n, (t + 1) * Walk.CHUNK)));
  }

  private void blocks(MemorySegment[] memory, long first, long last) {
    Buffer buffer = FREE.take();
    for (long from = first; from < last; from += BLOCK) {
      long to = Math.min(last, from + BLOCK);
      for (Part part : parts) {
        part.run(memory, buffer.blocks, from, to);
      }
    }
    FREE.give(buffer);
  }
}
