package dev.gatun.kernel;

import dev.gatun.memory.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Few rows of F32 times BF16 weights, straight from where these are stored.
///
/// Two neighbouring weights are one int: its lower half moved up is the F32 of the first, its upper
/// half alone that of the second. So vectors hold the even or the odd elements, and what they meet
/// is laid out likewise beforehand.
final class VectorBf16 {
  private static final VectorSpecies<Float> FLOATS = F32Tile.SPECIES;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  private static final int LANES = FLOATS.length();

  /// Weights in a vector.
  private static final int PAIRS = 2 * LANES;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int UPPER = 0xffff0000;
  private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private VectorBf16() {}

  /// Whether the dimension along which the weights are stored fills a vector.
  static boolean suits(boolean transB, long n, long k) {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN && (transB ? k : n) >= PAIRS && n > 0;
  }

  /// Columns j0 to j1 of a product that [#suits].
  static void multiply(Product x, int j0, int j1) {
    if (j0 == j1) {
      return;
    }
    Scratch scratch = Scratch.take();
    if (x.transB()) {
      dots(x, j0, j1, scratch);
    } else {
      int from = Math.min(j0, (int) x.n() - PAIRS);
      rows(x, from, j1, scratch);
    }
    scratch.release();
    EpiloguePass.apply(DType.F32, x, 0, x.m(), j0, j1);
  }

  /// Every element is the inner product of a row of A and a row of the weights. The last vector of
  /// a row overlaps the one before it, with what was counted set to 0.
  private static void dots(Product x, int j0, int j1, Scratch scratch) {
    int m = (int) x.m();
    int k = (int) x.k();
    int steps = k / PAIRS;
    // For each row of A: even and odd elements of each step, then of the rest.
    int row = (steps + 1) * PAIRS;
    float[] a = scratch.ensureFloatsA(m * row);
    int[] keep = new int[LANES];
    for (int q = PAIRS - k % PAIRS; q < PAIRS; q++) {
      keep[q / 2] |= q % 2 == 0 ? 0xffff : UPPER;
    }
    for (int i = 0; i < m; i++) {
      for (int step = 0; step <= steps; step++) {
        long p = step < steps ? (long) step * PAIRS : (long) k - PAIRS;
        split(x, i, p, a, i * row + step * PAIRS);
      }
    }
    float[] t = scratch.floatTile;
    long rowBytes = x.ldb() * 2;
    for (int j = j0; j < j1; j += 4) {
      int first = Math.min(j, Math.max(j0, j1 - 4));
      // With fewer than four columns in all, the last is computed again.
      long b0 = x.atB(0, first) * 2;
      int others = Math.min(3, j1 - 1 - first);
      long b1 = b0 + Math.min(1, others) * rowBytes;
      long b2 = b0 + Math.min(2, others) * rowBytes;
      long b3 = b0 + others * rowBytes;
      for (int i = 0; i < m; i++) {
        dots4(steps, k, a, i * row, x.b(), b0, b1, b2, b3, keep, t);
        fold(t);
        for (int h = 0; h <= others; h++) {
          x.c().set(ELEMENT, x.atC(i, (long) first + h) * 4, t[h]);
        }
      }
    }
  }

  /// The even elements of a vector of A, then its odd ones.
  private static void split(Product x, int i, long p, float[] a, int to) {
    long at = x.atA(i, p) * 4;
    long next = (x.atA(i, 1) - x.atA(i, 0)) * 4;
    for (int q = 0; q < LANES; q++) {
      a[to + q] = x.a().get(ELEMENT, at + 2L * q * next);
      a[to + LANES + q] = x.a().get(ELEMENT, at + (2L * q + 1) * next);
    }
  }

  private static void dots4(
      int steps,
      int k,
      float[] a,
      int ao,
      MemorySegment b,
      long b0,
      long b1,
      long b2,
      long b3,
      int[] keep,
      float[] t) {
    IntVector kept = IntVector.fromArray(INTS, keep, 0);
    long rest = ((long) k - PAIRS) * 2;
    int at = ao + steps * PAIRS;
    FloatVector even = FloatVector.fromArray(FLOATS, a, at);
    FloatVector odd = FloatVector.fromArray(FLOATS, a, at + LANES);
    IntVector w = IntVector.fromMemorySegment(INTS, b, b0 + rest, ORDER).and(kept);
    FloatVector e0 = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().mul(even);
    FloatVector o0 = w.and(UPPER).reinterpretAsFloats().mul(odd);
    w = IntVector.fromMemorySegment(INTS, b, b1 + rest, ORDER).and(kept);
    FloatVector e1 = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().mul(even);
    FloatVector o1 = w.and(UPPER).reinterpretAsFloats().mul(odd);
    w = IntVector.fromMemorySegment(INTS, b, b2 + rest, ORDER).and(kept);
    FloatVector e2 = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().mul(even);
    FloatVector o2 = w.and(UPPER).reinterpretAsFloats().mul(odd);
    w = IntVector.fromMemorySegment(INTS, b, b3 + rest, ORDER).and(kept);
    FloatVector e3 = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().mul(even);
    FloatVector o3 = w.and(UPPER).reinterpretAsFloats().mul(odd);
    for (int s = 0; s < steps; s++) {
      long p = (long) s * PAIRS * 2;
      even = FloatVector.fromArray(FLOATS, a, ao + s * PAIRS);
      odd = FloatVector.fromArray(FLOATS, a, ao + s * PAIRS + LANES);
      w = IntVector.fromMemorySegment(INTS, b, b0 + p, ORDER);
      e0 = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, e0);
      o0 = w.and(UPPER).reinterpretAsFloats().fma(odd, o0);
      w = IntVector.fromMemorySegment(INTS, b, b1 + p, ORDER);
      e1 = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, e1);
      o1 = w.and(UPPER).reinterpretAsFloats().fma(odd, o1);
      w = IntVector.fromMemorySegment(INTS, b, b2 + p, ORDER);
      e2 = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, e2);
      o2 = w.and(UPPER).reinterpretAsFloats().fma(odd, o2);
      w = IntVector.fromMemorySegment(INTS, b, b3 + p, ORDER);
      e3 = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(even, e3);
      o3 = w.and(UPPER).reinterpretAsFloats().fma(odd, o3);
    }
    e0.add(o0).intoArray(t, 0);
    e1.add(o1).intoArray(t, LANES);
    e2.add(o2).intoArray(t, 2 * LANES);
    e3.add(o3).intoArray(t, 3 * LANES);
  }

  /// Makes t[0] to t[3] the sums of the four vectors in `t`, always in the same order, which
  /// `reduceLanes` does not promise.
  private static void fold(float[] t) {
    if (LANES >= 8) {
      FloatVector c0 = FloatVector.fromArray(FLOATS, t, 0);
      FloatVector c1 = FloatVector.fromArray(FLOATS, t, LANES);
      FloatVector c2 = FloatVector.fromArray(FLOATS, t, 2 * LANES);
      FloatVector c3 = FloatVector.fromArray(FLOATS, t, 3 * LANES);
      FloatVector x = F32Pack.pickLow(c0, c2).add(F32Pack.pickHigh(c0, c2));
      FloatVector y = F32Pack.pickLow(c1, c3).add(F32Pack.pickHigh(c1, c3));
      // Four sums side by side, as often as they fit.
      F32Pack.pickLow(x, y).add(F32Pack.pickHigh(x, y)).intoArray(t, 0);
      for (int h = 0; h < 4; h++) {
        t[h] = sum(t, h, 4, LANES / 4);
      }
      return;
    }
    for (int h = 0; h < 4; h++) {
      t[h] = sum(t, h * LANES, 1, LANES);
    }
  }

  private static float sum(float[] t, int from, int step, int count) {
    float sum = t[from];
    for (int i = 1; i < count; i++) {
      sum += t[from + i * step];
    }
    return sum;
  }

  /// The weights row by row: C, kept in an array as evens and odds of each strip of columns, gets
  /// eight of them at a time. The last strip overlaps the one before it.
  private static void rows(Product x, int j0, int j1, Scratch scratch) {
    int m = (int) x.m();
    int k = (int) x.k();
    int strips = (j1 - j0 + PAIRS - 1) / PAIRS;
    int last = j1 - PAIRS - j0;
    int row = strips * PAIRS;
    float[] c = scratch.ensureFloatsA(m * row);
    float[] a = scratch.floatTile;
    Arrays.fill(c, 0, m * row, 0);
    long rowBytes = x.ldb() * 2;
    for (int p = 0; p < k; p += 8) {
      int height = Math.min(8, k - p);
      for (int i = 0; i < m; i++) {
        for (int h = 0; h < height; h++) {
          a[h] = x.a().get(ELEMENT, x.atA(i, (long) p + h) * 4);
        }
        if (height == 8) {
          rows8(a, x.b(), x.atB(p, j0) * 2, rowBytes, strips, last, c, i * row);
          continue;
        }
        for (int h = 0; h < height; h++) {
          row(a[h], x.b(), x.atB((long) p + h, j0) * 2, strips, last, c, i * row);
        }
      }
    }
    for (int i = 0; i < m; i++) {
      long to = x.atC(i, j0) * 4;
      for (int s = 0; s < strips; s++) {
        int from = i * row + s * PAIRS;
        long at = to + Math.min(s * PAIRS, last) * 4L;
        for (int q = 0; q < LANES; q++) {
          x.c().set(ELEMENT, at + q * 8L, c[from + q]);
          x.c().set(ELEMENT, at + q * 8L + 4, c[from + LANES + q]);
        }
      }
    }
  }

  private static void rows8(
      float[] a, MemorySegment b, long bo, long bs, int strips, int last, float[] c, int co) {
    FloatVector a0 = FloatVector.broadcast(FLOATS, a[0]);
    FloatVector a1 = FloatVector.broadcast(FLOATS, a[1]);
    FloatVector a2 = FloatVector.broadcast(FLOATS, a[2]);
    FloatVector a3 = FloatVector.broadcast(FLOATS, a[3]);
    FloatVector a4 = FloatVector.broadcast(FLOATS, a[4]);
    FloatVector a5 = FloatVector.broadcast(FLOATS, a[5]);
    FloatVector a6 = FloatVector.broadcast(FLOATS, a[6]);
    FloatVector a7 = FloatVector.broadcast(FLOATS, a[7]);
    for (int s = 0; s < strips; s++) {
      long at = bo + Math.min(s * PAIRS, last) * 2L;
      int to = co + s * PAIRS;
      FloatVector even = FloatVector.fromArray(FLOATS, c, to);
      FloatVector odd = FloatVector.fromArray(FLOATS, c, to + LANES);
      IntVector w = IntVector.fromMemorySegment(INTS, b, at, ORDER);
      even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(a0, even);
      odd = w.and(UPPER).reinterpretAsFloats().fma(a0, odd);
      w = IntVector.fromMemorySegment(INTS, b, at + bs, ORDER);
      even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(a1, even);
      odd = w.and(UPPER).reinterpretAsFloats().fma(a1, odd);
      w = IntVector.fromMemorySegment(INTS, b, at + 2 * bs, ORDER);
      even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(a2, even);
      odd = w.and(UPPER).reinterpretAsFloats().fma(a2, odd);
      w = IntVector.fromMemorySegment(INTS, b, at + 3 * bs, ORDER);
      even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(a3, even);
      odd = w.and(UPPER).reinterpretAsFloats().fma(a3, odd);
      w = IntVector.fromMemorySegment(INTS, b, at + 4 * bs, ORDER);
      even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(a4, even);
      odd = w.and(UPPER).reinterpretAsFloats().fma(a4, odd);
      w = IntVector.fromMemorySegment(INTS, b, at + 5 * bs, ORDER);
      even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(a5, even);
      odd = w.and(UPPER).reinterpretAsFloats().fma(a5, odd);
      w = IntVector.fromMemorySegment(INTS, b, at + 6 * bs, ORDER);
      even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(a6, even);
      odd = w.and(UPPER).reinterpretAsFloats().fma(a6, odd);
      w = IntVector.fromMemorySegment(INTS, b, at + 7 * bs, ORDER);
      even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(a7, even);
      odd = w.and(UPPER).reinterpretAsFloats().fma(a7, odd);
      even.intoArray(c, to);
      odd.intoArray(c, to + LANES);
    }
  }

  private static void row(
      float a, MemorySegment b, long bo, int strips, int last, float[] c, int co) {
    FloatVector a0 = FloatVector.broadcast(FLOATS, a);
    for (int s = 0; s < strips; s++) {
      long at = bo + Math.min(s * PAIRS, last) * 2L;
      int to = co + s * PAIRS;
      IntVector w = IntVector.fromMemorySegment(INTS, b, at, ORDER);
      FloatVector even = w.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      FloatVector odd = w.and(UPPER).reinterpretAsFloats();
      even.fma(a0, FloatVector.fromArray(FLOATS, c, to)).intoArray(c, to);
      odd.fma(a0, FloatVector.fromArray(FLOATS, c, to + LANES)).intoArray(c, to + LANES);
    }
  }

  /// One row of at least a vector as F32; the last vector overlaps the one before it.
  static void widen(MemorySegment from, long at, MemorySegment to, long out, int columns) {
    for (int j = 0; j < columns; j += LANES) {
      int q = Math.min(j, columns - LANES);
      ShortVector.fromMemorySegment(SHORTS, from, at + q * 2L, ORDER)
          .convertShape(VectorOperators.S2I, INTS, 0)
          .lanewise(VectorOperators.LSHL, 16)
          .intoMemorySegment(to, out + q * 4L, ORDER);
    }
  }
}
