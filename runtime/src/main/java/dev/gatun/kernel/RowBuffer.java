package dev.gatun.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Room for blocks of one row's operands outside of the heap, taken for the time of that row.
final class RowBuffer {
  /// Elements of a block.
  static final int BLOCK = 512;

  private static final long BYTES = BLOCK * 8L;
  private static final int BLOCKS = 4;

  /// Bytes from block 0 on, for one operand that takes the room of all.
  static final int ALL_BYTES = BLOCKS * BLOCK * 8;

  // Blocks a little more than a power of two apart do not fall into the same cache sets.
  private static final long PITCH = BYTES + 256;

  private static final Slots<RowBuffer> FREE = new Slots<>(RowBuffer::new);

  private final MemorySegment memory = Arena.ofAuto().allocate(BLOCKS * PITCH, 64);

  private RowBuffer() {}

  /// One that nobody else uses; what it holds is arbitrary.
  static RowBuffer take() {
    return FREE.take();
  }

  /// Must follow the last use of an address.
  void release() {
    FREE.give(this);
  }

  long address(int block) {
    return memory.address() + block * PITCH;
  }

  /// Copies `n` elements of a row from the one at `from` on, and returns their address. One that is
  /// repeated stays from the first block of the row to the last.
  long load(long from, int block, int bytes, MemorySegment x, long xo, long xs, long n) {
    if (xs == 0 && from == 0) {
      repeat(block * PITCH, bytes, x, xo, n);
    } else if (xs != 0) {
      Moves.copy(bytes).apply(x, xo + from * xs, xs, memory, block * PITCH, bytes, n);
    }
    return address(block);
  }

  /// Writes a few times the element, then copies twice as much each time.
  private void repeat(long to, int bytes, MemorySegment x, long xo, long n) {
    long few = Math.min(n, 16);
    Moves.copy(bytes).apply(x, xo, 0, memory, to, bytes, few);
    long end = n * bytes;
    for (long done = few * bytes; done < end; done *= 2) {
      MemorySegment.copy(memory, to, memory, to + done, Math.min(done, end - done));
    }
  }

  /// Copies the elements of block 0 out.
  void store(int bytes, MemorySegment y, long yo, long ys, long n) {
    Moves.copy(bytes).apply(memory, 0, bytes, y, yo, ys, n);
  }
}
