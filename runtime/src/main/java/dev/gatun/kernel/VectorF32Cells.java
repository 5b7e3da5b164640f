package dev.gatun.kernel;

import static dev.gatun.kernel.Memory.ALL;
import static dev.gatun.kernel.VectorF32Exp.SPECIES;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The whole vectors of [F32Cells]; every method returns how many elements it has done.
final class VectorF32Cells {
  private static final int LANES = SPECIES.length();
  private static final int BYTES = LANES * 4;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);

  private VectorF32Cells() {}

  static int lstmCell(long gates, long c, int n) {
    int end = n & -LANES;
    long gate = n * 4L;
    long i = gates;
    for (long to = c; to < c + end * 4L; to += BYTES) {
      FloatVector in = FloatVector.fromMemorySegment(SPECIES, ALL, i, ORDER);
      FloatVector f = FloatVector.fromMemorySegment(SPECIES, ALL, i + gate, ORDER);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, i + 2 * gate, ORDER);
      FloatVector old = FloatVector.fromMemorySegment(SPECIES, ALL, to, ORDER);
      f.mul(old).add(in.mul(g)).intoMemorySegment(ALL, to, ORDER);
      i += BYTES;
    }
    return end;
  }

  static int scale(long x, long y, int n) {
    int end = n & -LANES;
    for (long i = 0; i < end * 4L; i += BYTES) {
      FloatVector.fromMemorySegment(SPECIES, ALL, x + i, ORDER)
          .mul(FloatVector.fromMemorySegment(SPECIES, ALL, y + i, ORDER))
          .intoMemorySegment(ALL, y + i, ORDER);
    }
    return end;
  }

  static int add(long x, long y, int n) {
    int end = n & -LANES;
    for (long i = 0; i < end * 4L; i += BYTES) {
      FloatVector.fromMemorySegment(SPECIES, ALL, x + i, ORDER)
          .add(FloatVector.fromMemorySegment(SPECIES, ALL, y + i, ORDER))
          .intoMemorySegment(ALL, y + i, ORDER);
    }
    return end;
  }

  /// The gradient of the sum of o; `dc` gets what comes by way of the hidden state.
  static void lstmOutSlope(long gates, long tanh, long dh, long dc, long d, int n) {
    long out = 3L * n * 4;
    for (long i = 0; i < (n & -LANES) * 4L; i += BYTES) {
      FloatVector o = FloatVector.fromMemorySegment(SPECIES, ALL, gates + out + i, ORDER);
      FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, tanh + i, ORDER);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, dh + i, ORDER);
      FloatVector cell = FloatVector.fromMemorySegment(SPECIES, ALL, dc + i, ORDER);
      g.mul(t).mul(o.sub(o.mul(o))).intoMemorySegment(ALL, d + out + i, ORDER);
      cell.add(g.mul(o).mul(ONE.sub(t.mul(t)))).intoMemorySegment(ALL, dc + i, ORDER);
    }
  }

  static int lstmSlope(long gates, long before, long dc, long d, int n) {
    int end = n & -LANES;
    long gate = n * 4L;
    for (long i = 0; i < end * 4L; i += BYTES) {
      FloatVector in = FloatVector.fromMemorySegment(SPECIES, ALL, gates + i, ORDER);
      FloatVector f = FloatVector.fromMemorySegment(SPECIES, ALL, gates + gate + i, ORDER);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, gates + 2 * gate + i, ORDER);
      FloatVector old = FloatVector.fromMemorySegment(SPECIES, ALL, before + i, ORDER);
      FloatVector cell = FloatVector.fromMemorySegment(SPECIES, ALL, dc + i, ORDER);
      cell.mul(g).mul(in.sub(in.mul(in))).intoMemorySegment(ALL, d + i, ORDER);
      cell.mul(old).mul(f.sub(f.mul(f))).intoMemorySegment(ALL, d + gate + i, ORDER);
      cell.mul(in).mul(ONE.sub(g.mul(g))).intoMemorySegment(ALL, d + 2 * gate + i, ORDER);
      cell.mul(f).intoMemorySegment(ALL, dc + i, ORDER);
    }
    return end;
  }

  static int gruMix(long gates, long hidden, int n) {
    int end = n & -LANES;
    long gate = n * 4L;
    for (long i = 0; i < end * 4L; i += BYTES) {
      FloatVector part = FloatVector.fromMemorySegment(SPECIES, ALL, hidden + 2 * gate + i, ORDER);
      FloatVector r = FloatVector.fromMemorySegment(SPECIES, ALL, gates + i, ORDER);
      FloatVector sum = FloatVector.fromMemorySegment(SPECIES, ALL, gates + 2 * gate + i, ORDER);
      part.intoMemorySegment(ALL, gates + 3 * gate + i, ORDER);
      sum.add(r.mul(part)).intoMemorySegment(ALL, gates + 2 * gate + i, ORDER);
    }
    return end;
  }

  static int gruHidden(long gates, long h, int n) {
    int end = n & -LANES;
    long gate = n * 4L;
    for (long i = 0; i < end * 4L; i += BYTES) {
      FloatVector z = FloatVector.fromMemorySegment(SPECIES, ALL, gates + gate + i, ORDER);
      FloatVector fresh = FloatVector.fromMemorySegment(SPECIES, ALL, gates + 2 * gate + i, ORDER);
      FloatVector old = FloatVector.fromMemorySegment(SPECIES, ALL, h + i, ORDER);
      fresh.add(z.mul(old.sub(fresh))).intoMemorySegment(ALL, h + i, ORDER);
    }
    return end;
  }

  static int gruSlope(long gates, long before, long dh, long d, int n) {
    int end = n & -LANES;
    long gate = n * 4L;
    for (long i = 0; i < end * 4L; i += BYTES) {
      FloatVector r = FloatVector.fromMemorySegment(SPECIES, ALL, gates + i, ORDER);
      FloatVector z = FloatVector.fromMemorySegment(SPECIES, ALL, gates + gate + i, ORDER);
      FloatVector fresh = FloatVector.fromMemorySegment(SPECIES, ALL, gates + 2 * gate + i, ORDER);
      FloatVector part = FloatVector.fromMemorySegment(SPECIES, ALL, gates + 3 * gate + i, ORDER);
      FloatVector old = FloatVector.fromMemorySegment(SPECIES, ALL, before + i, ORDER);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, dh + i, ORDER);
      FloatVector sum = g.mul(ONE.sub(z)).mul(ONE.sub(fresh.mul(fresh)));
      sum.intoMemorySegment(ALL, d + i, ORDER);
      sum.mul(part).mul(r.sub(r.mul(r))).intoMemorySegment(ALL, d + gate + i, ORDER);
      FloatVector update = g.mul(old.sub(fresh)).mul(z.sub(z.mul(z)));
      update.intoMemorySegment(ALL, d + 2 * gate + i, ORDER);
      sum.mul(r).intoMemorySegment(ALL, d + 3 * gate + i, ORDER);
      g.mul(z).intoMemorySegment(ALL, dh + i, ORDER);
    }
    return end;
  }

  static int tanhSlope(long y, long dh, long d, int n) {
    int end = n & -LANES;
    for (long i = 0; i < end * 4L; i += BYTES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, y + i, ORDER);
      FloatVector.fromMemorySegment(SPECIES, ALL, dh + i, ORDER)
          .mul(ONE.sub(v.mul(v)))
          .intoMemorySegment(ALL, d + i, ORDER);
    }
    return end;
  }

  static int reluSlope(long y, long dh, long d, int n) {
    int end = n & -LANES;
    for (long i = 0; i < end * 4L; i += BYTES) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, y + i, ORDER);
      FloatVector.fromMemorySegment(SPECIES, ALL, dh + i, ORDER)
          .blend(0, v.compare(VectorOperators.LE, 0))
          .intoMemorySegment(ALL, d + i, ORDER);
    }
    return end;
  }
}
