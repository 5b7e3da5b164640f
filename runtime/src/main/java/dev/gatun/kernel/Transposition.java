package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/// Copies whose operand runs along one dim and whose result runs along another.
///
/// A plane of the two is cut into square tiles. A tile is read row by row into a small buffer and
/// turned from there, so that every cache line is used up at once and rows that lie a power of two
/// apart do not push each other out. Two by two elements of 2 or 4 bytes are turned in registers,
/// which halves loads and stores.
final class Transposition {
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// Below this size a plane is not worth its tiles.
  private static final long LEAST = 8;

  private static final int SIDE = 64;
  private static final int ROW = 256;
  private static final int PITCH = ROW + 16;
  private static final Slots<MemorySegment> BUFFERS =
      new Slots<>(() -> Arena.ofAuto().allocate(2L * SIDE * PITCH, 64));

  private final Walk walk;
  private final int across; // the dim that the operand runs along
  private final int bytes;
  private final MemorySegment x;
  private final MemorySegment y;
  private final boolean direct;

  private Transposition(Walk walk, int across, int bytes, MemorySegment x, MemorySegment y) {
    this.walk = walk;
    this.across = across;
    this.bytes = bytes;
    this.x = x;
    this.y = y;
    this.direct = Memory.isPlain(y);
  }

  /// Copies if this is such a copy; the memory must be usable by every thread if the walk is large.
  ///
  /// @return false, and nothing done, where it is not
  static boolean copy(Walk walk, int bytes, MemorySegment x, MemorySegment y) {
    int across = across(walk, 0, bytes);
    if (walk.rowStride(1) != bytes || across < 0) {
      return false;
    }
    Transposition transposition = new Transposition(walk, across, bytes, x, y);
    new Planes(walk, across, transposition.side()).run(transposition::run);
    return true;
  }

  /// The dim that an operand runs along, where that is not the last and tiles are worth it; else
  /// -1.
  static int across(Walk walk, int operand, int bytes) {
    int last = walk.dims() - 1;
    long stride = walk.rowStride(operand);
    if (stride == bytes || stride == 0 || walk.size(last) < LEAST) {
      return -1;
    }
    for (int d = 0; d < last; d++) {
      if (walk.stride(operand, d) == bytes && walk.size(d) >= LEAST) {
        return d;
      }
    }
    return -1;
  }

  private int side() {
    return Math.min(SIDE, ROW / bytes);
  }

  /// Some rows of one of the planes.
  private void run(long[] starts, long rows) {
    MemorySegment buffer = BUFFERS.take();
    int last = walk.dims() - 1;
    for (long i = 0; i < walk.size(last); i += side()) {
      long is = Math.min(side(), walk.size(last) - i);
      tile(starts[0] + i * walk.rowStride(0), starts[1] + i * bytes, is, rows, buffer);
    }
    BUFFERS.give(buffer);
  }

  /// `y[j][i] = x[i][j]` for `is` by `js` elements.
  private void tile(long from, long to, long is, long js, MemorySegment buffer) {
    long xs = walk.rowStride(0);
    long ys = walk.stride(1, across);
    for (long i = 0; i < is; i++) {
      MemorySegment.copy(x, from + i * xs, buffer, i * PITCH, js * bytes);
    }
    if (direct) {
      Objects.checkFromIndexSize(to + Math.min(0, (js - 1) * ys), is * bytes, y.byteSize());
      Objects.checkFromIndexSize(to + Math.max(0, (js - 1) * ys), is * bytes, y.byteSize());
      turn(bytes, buffer.address(), PITCH, y.address() + to, ys, is, js);
      return;
    }
    long turned = (long) SIDE * PITCH;
    turn(bytes, buffer.address(), PITCH, buffer.address() + turned, PITCH, is, js);
    for (long j = 0; j < js; j++) {
      MemorySegment.copy(buffer, turned + j * PITCH, y, to + j * ys, is * bytes);
    }
  }

  /// Turns `is` rows of `js` elements, `xs` bytes apart, into rows of `is` elements.
  static void turn(int bytes, long from, long xs, long to, long ys, long is, long js) {
    switch (bytes) {
      case 1 -> turn1(from, xs, to, ys, is, js);
      case 2 -> turn2(from, xs, to, ys, is, js);
      case 4 -> turn4(from, xs, to, ys, is, js);
      default -> turn8(from, xs, to, ys, is, js);
    }
  }

  private static void turn4(long x, long xs, long y, long ys, long is, long js) {
    for (long j = 0; j + 1 < js; j += 2) {
      long to = y + j * ys;
      long from = x + j * 4;
      for (long i = 0; i + 1 < is; i += 2) {
        long a = ALL.get(LONG, from);
        long b = ALL.get(LONG, from + xs);
        ALL.set(LONG, to, (a & 0xffffffffL) | (b << 32));
        ALL.set(LONG, to + ys, (a >>> 32) | (b & 0xffffffff00000000L));
        to += 8;
        from += 2 * xs;
      }
    }
    for (long j = (is & 1) == 0 ? js : 0; j < js; j++) {
      ALL.set(INT, y + j * ys + (is - 1) * 4, ALL.get(INT, x + (is - 1) * xs + j * 4));
    }
    for (long i = (js & 1) == 0 ? is : 0; i < is; i++) {
      ALL.set(INT, y + (js - 1) * ys + i * 4, ALL.get(INT, x + i * xs + (js - 1) * 4));
    }
  }

  private static void turn2(long x, long xs, long y, long ys, long is, long js) {
    for (long j = 0; j + 1 < js; j += 2) {
      long to = y + j * ys;
      long from = x + j * 2;
      for (long i = 0; i + 1 < is; i += 2) {
        int a = ALL.get(INT, from);
        int b = ALL.get(INT, from + xs);
        ALL.set(INT, to, (a & 0xffff) | (b << 16));
        ALL.set(INT, to + ys, (a >>> 16) | (b & 0xffff0000));
        to += 4;
        from += 2 * xs;
      }
    }
    for (long j = (is & 1) == 0 ? js : 0; j < js; j++) {
      copy2(x + (is - 1) * xs + j * 2, y + j * ys + (is - 1) * 2);
    }
    for (long i = (js & 1) == 0 ? is : 0; i < is; i++) {
      copy2(x + i * xs + (js - 1) * 2, y + (js - 1) * ys + i * 2);
    }
  }

  private static void copy2(long from, long to) {
    ALL.set(JAVA_SHORT_UNALIGNED, to, ALL.get(JAVA_SHORT_UNALIGNED, from));
  }

  private static void turn8(long x, long xs, long y, long ys, long is, long js) {
    for (long j = 0; j < js; j++) {
      for (long i = 0; i < is; i++) {
        ALL.set(LONG, y + j * ys + i * 8, ALL.get(LONG, x + i * xs + j * 8));
      }
    }
  }

  private static void turn1(long x, long xs, long y, long ys, long is, long js) {
    for (long j = 0; j < js; j++) {
      for (long i = 0; i < is; i++) {
        ALL.set(JAVA_BYTE, y + j * ys + i, ALL.get(JAVA_BYTE, x + i * xs + j));
      }
    }
  }
}
