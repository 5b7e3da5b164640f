package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;
import static dev.gatun.kernel.VectorF32Exp.first;

import dev.gatun.kernel.PoolKernels.Problem;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vector loops of [F32Pool]. The rows of a window are joined first, all columns at once, in an
/// array with the padding at its ends; then each output joins its columns. With the padding there
/// all windows are alike.
final class VectorF32Pool {
  /// Vector loops go on to the end of the last vector, and of the one that follows it.
  static final int SLACK = 160;

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int LANES = SPECIES.length();
  private static final FloatVector EVERY_OTHER = FloatVector.zero(SPECIES).addIndex(2);
  private static final IntVector EVERY_OTHER_INT = IntVector.zero(INTS).addIndex(2);
  private static final IntVector INDEX = IntVector.zero(INTS).addIndex(1);

  private VectorF32Pool() {}

  /// Whether there are several rows to join, or windows to join side by side; and vectors have
  /// masks.
  static boolean fits(Problem p) {
    boolean rows = isTall(p.d()) || isTall(p.h());
    return (rows || isRegular(p.w())) && SPECIES.vectorBitSize() >= 256;
  }

  private static boolean isTall(Windows w) {
    return w.outputs() > 0 && w.end[0] - w.start[0] > w.step;
  }

  /// Whether all windows along the rows are alike, and so near that vectors pay.
  private static boolean isRegular(Windows w) {
    return w.kernel > 0 && w.stride <= 2 && w.outputs() >= 4;
  }

  private static int width(Windows w) {
    int read = isRegular(w) ? (w.outputs() - 1) * w.stride + (w.kernel - 1) * w.step + 1 : 0;
    return Math.max(read, w.size + w.padding) + SLACK + w.stride * LANES;
  }

  static void max(long x, long y, long at, Problem p) {
    Scratch scratch = Scratch.take();
    Windows w = p.w();
    float[] best = scratch.ensureFloatsA(width(w));
    Arrays.fill(best, 0, width(w), Float.NEGATIVE_INFINITY);
    int[] places = scratch.ensureInts(at == 0 ? 0 : width(w));
    if (at != 0) {
      Arrays.fill(places, 0, width(w), Integer.MAX_VALUE);
    }
    long to = y;
    long index = at;
    for (int od = 0; od < p.d().outputs(); od++) {
      for (int oh = 0; oh < p.h().outputs(); oh++) {
        if (at == 0) {
          joinRows(x, p, od, oh, best, true);
          largest(best, w, to);
        } else {
          joinRows(x, p, od, oh, best, places);
          largest(best, places, w, to, index);
          index += 4L * w.outputs();
        }
        to += 4L * w.outputs();
      }
    }
    scratch.release();
  }

  static void average(long x, long y, Problem p) {
    Scratch scratch = Scratch.take();
    Windows w = p.w();
    float[] sums = scratch.ensureFloatsA(width(w));
    Arrays.fill(sums, 0, width(w), 0);
    float[] shares = scratch.ensureFloatsB(w.outputs() + SLACK);
    long to = y;
    double last = 0;
    for (int od = 0; od < p.d().outputs(); od++) {
      for (int oh = 0; oh < p.h().outputs(); oh++) {
        double rows = (double) p.d().count[od] * p.h().count[oh];
        if (rows != last) {
          F32Pool.parts(p, rows, shares);
          last = rows;
        }
        joinRows(x, p, od, oh, sums, false);
        sum(sums, shares, w, to);
        to += 4L * w.outputs();
      }
    }
    scratch.release();
  }

  /// All rows of the windows of one row of outputs: the largest or the sum of each column.
  private static void joinRows(long x, Problem p, int od, int oh, float[] into, boolean largest) {
    Windows d = p.d();
    Windows h = p.h();
    int n = p.w().size;
    boolean begun = false;
    for (int i = d.start[od]; i < d.end[od]; i += d.step) {
      for (int j = h.start[oh]; j < h.end[oh]; j += h.step) {
        long row = x + 4L * (i * h.size + j) * n;
        if (!begun) {
          begin(row, n, into, p.w().padding);
        } else if (largest) {
          larger(row, n, into, p.w().padding);
        } else {
          plus(row, n, into, p.w().padding);
        }
        begun = true;
      }
    }
  }

  private static void joinRows(long x, Problem p, int od, int oh, float[] best, int[] places) {
    Windows d = p.d();
    Windows h = p.h();
    int n = p.w().size;
    int pad = p.w().padding;
    boolean begun = false;
    for (int i = d.start[od]; i < d.end[od]; i += d.step) {
      for (int j = h.start[oh]; j < h.end[oh]; j += h.step) {
        int row = (i * h.size + j) * n;
        if (begun) {
          larger(x + 4L * row, n, best, places, pad, row);
        } else {
          begin(x + 4L * row, n, best, pad);
          for (int k = 0; k < n; k++) {
            places[pad + k] = row + k;
          }
        }
        begun = true;
      }
    }
  }

  private static void begin(long row, int n, float[] into, int at) {
    MemorySegment.copy(ALL, ValueLayout.JAVA_FLOAT_UNALIGNED, row, into, at, n);
  }

  private static void larger(long row, int n, float[] best, int at) {
    for (int i = 0; i < n; i += LANES) {
      VectorMask<Float> inside = first(n - i);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, row + 4L * i, ORDER, inside);
      FloatVector old = FloatVector.fromArray(SPECIES, best, at + i);
      old.blend(old.max(v), inside).intoArray(best, at + i);
    }
  }

  private static void plus(long row, int n, float[] sums, int at) {
    for (int i = 0; i < n; i += LANES) {
      VectorMask<Float> inside = first(n - i);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, row + 4L * i, ORDER, inside);
      FloatVector old = FloatVector.fromArray(SPECIES, sums, at + i);
      old.add(v, inside).intoArray(sums, at + i);
    }
  }

  /// Of equals the upper one stays, of NaN the lower one, which is the order of [F32Pool].
  private static void larger(long row, int n, float[] best, int[] places, int at, int index) {
    for (int i = 0; i < n; i += LANES) {
      VectorMask<Float> inside = first(n - i);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, row + 4L * i, ORDER, inside);
      FloatVector old = FloatVector.fromArray(SPECIES, best, at + i);
      VectorMask<Float> taken = old.compare(VectorOperators.LT, v);
      taken = taken.or(v.test(VectorOperators.IS_NAN)).and(inside);
      old.blend(v, taken).intoArray(best, at + i);
      IntVector place = IntVector.fromArray(INTS, places, at + i);
      place.blend(INDEX.add(index + i), taken.cast(INTS)).intoArray(places, at + i);
    }
  }

  private static void largest(float[] best, Windows w, long y) {
    if (!isRegular(w)) {
      F32Pool.largest(best, w, y);
      return;
    }
    for (int o = 0; o < w.outputs(); o += LANES) {
      int at = o * w.stride;
      FloatVector max = w.stride == 1 ? next(best, at) : everyOther(best, at);
      for (int k = 1; k < w.kernel; k++) {
        at += w.step;
        max = max.max(w.stride == 1 ? next(best, at) : everyOther(best, at));
      }
      max.intoMemorySegment(ALL, y + 4L * o, ORDER, first(w.outputs() - o));
    }
  }

  private static void sum(float[] sums, float[] shares, Windows w, long y) {
    if (!isRegular(w)) {
      F32Pool.sum(sums, shares, w, y);
      return;
    }
    for (int o = 0; o < w.outputs(); o += LANES) {
      int at = o * w.stride;
      FloatVector sum = w.stride == 1 ? next(sums, at) : everyOther(sums, at);
      for (int k = 1; k < w.kernel; k++) {
        at += w.step;
        sum = sum.add(w.stride == 1 ? next(sums, at) : everyOther(sums, at));
      }
      FloatVector share = FloatVector.fromArray(SPECIES, shares, o);
      sum.mul(share).intoMemorySegment(ALL, y + 4L * o, ORDER, first(w.outputs() - o));
    }
  }

  /// Of equals the one that stands first in the plane is taken, of NaN the last.
  private static void largest(float[] best, int[] places, Windows w, long y, long index) {
    if (!isRegular(w)) {
      F32Pool.largest(best, places, w, y, index);
      return;
    }
    for (int o = 0; o < w.outputs(); o += LANES) {
      int at = o * w.stride;
      FloatVector max = w.stride == 1 ? next(best, at) : everyOther(best, at);
      IntVector place = w.stride == 1 ? next(places, at) : everyOther(places, at);
      for (int k = 1; k < w.kernel; k++) {
        at += w.step;
        FloatVector v = w.stride == 1 ? next(best, at) : everyOther(best, at);
        IntVector other = w.stride == 1 ? next(places, at) : everyOther(places, at);
        VectorMask<Float> earlier = other.compare(VectorOperators.LT, place).cast(SPECIES);
        VectorMask<Float> taken = max.compare(VectorOperators.LT, v);
        taken = taken.or(max.compare(VectorOperators.EQ, v).and(earlier));
        VectorMask<Float> later = max.test(VectorOperators.IS_NAN).not().or(earlier.not());
        taken = taken.or(v.test(VectorOperators.IS_NAN).and(later));
        max = max.blend(v, taken);
        place = place.blend(other, taken.cast(INTS));
      }
      VectorMask<Float> inside = first(w.outputs() - o);
      max.intoMemorySegment(ALL, y + 4L * o, ORDER, inside);
      place.intoMemorySegment(ALL, index + 4L * o, ORDER, inside.cast(INTS));
    }
  }

  private static FloatVector next(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static IntVector next(int[] x, int at) {
    return IntVector.fromArray(INTS, x, at);
  }

  private static FloatVector everyOther(float[] x, int at) {
    FloatVector low = FloatVector.fromArray(SPECIES, x, at);
    return EVERY_OTHER.selectFrom(low, FloatVector.fromArray(SPECIES, x, at + LANES));
  }

  private static IntVector everyOther(int[] x, int at) {
    IntVector low = IntVector.fromArray(INTS, x, at);
    return EVERY_OTHER_INT.selectFrom(low, IntVector.fromArray(INTS, x, at + LANES));
  }

  /// Adds an array to a row.
  static void add(float[] shares, long row, int n) {
    int end = n & -LANES;
    for (int i = 0; i < end; i += LANES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, row + 4L * i, ORDER);
      v.add(FloatVector.fromArray(SPECIES, shares, i)).intoMemorySegment(ALL, row + 4L * i, ORDER);
    }
    for (int i = end; i < n; i++) {
      long at = row + 4L * i;
      Element.f32(ALL, at, Element.f32(ALL, at) + shares[i]);
    }
  }
}
